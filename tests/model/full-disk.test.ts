import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import fsPromises, { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test, type TestContext } from 'node:test';
import { promisify } from 'node:util';
import { InputError, model } from 'celeba-lab';
import { TINY_DESCRIPTION } from './brightness-model';
import { wideModel } from './save-here';

let outputs: string;
let folder: string;

beforeEach(async () => {
  outputs = await mkdtemp(join(tmpdir(), 'full-'));
  folder = join(outputs, 'model');
});

afterEach(() => rm(outputs, { recursive: true }));

test('saveClassifier refuses a best_model.h5 that was cut off, names it, and leaves nothing', async () => {
  await model.saveClassifier(folder, wideModel(), TINY_DESCRIPTION);
  const [weights, keras] = await Promise.all(
    ['weights.bin', 'best_model.h5'].map(async (name) => (await stat(join(folder, name))).size),
  );
  await rm(folder, { recursive: true });
  const kilobytes = Math.ceil(weights / 1024);
  assert.ok(kilobytes * 1024 < keras, 'the limit lies between the two sizes');
  const node = [process.execPath, '--require', 'ts-node/register/transpile-only', join(__dirname, 'save-here.ts')];
  // No file may grow longer than the limit: whoever tries is told so, as on a full disk.
  const limited = ['-c', `ulimit -f ${kilobytes} && exec "$0" "$@"`, ...node, folder];
  // ts-node would write its own cache, which is longer.
  const env = { ...process.env, DISABLE_V8_COMPILE_CACHE: '1' };
  const { stdout } = await promisify(execFile)('bash', limited, { env });
  assert.match(stdout, /^InputError: best_model\.h5: found a file that was not written whole: the disk may be full, /);
  assert.deepEqual(await readdir(outputs), []);
});

test('saveClassifier refuses a best_model.h5 with holes, which a full disk leaves where it grants the length', async (t) => {
  const write = fs.writeSync.bind(fs) as (...args: unknown[]) => number;
  let refused = 0;
  t.mock.method(fs, 'writeSync', (...args: unknown[]) => {
    if ((args[3] as number) < 100_000) return write(...args);
    refused += 1;
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  });
  const saving = model.saveClassifier(folder, wideModel(), TINY_DESCRIPTION);
  await assert.rejects(saving, (error) => error instanceof InputError && error.where === 'best_model.h5');
  assert.equal(refused, 1);
  assert.deepEqual(await readdir(outputs), []);
});

/** What the folder's classifier.json holds. */
function description(): Promise<string> {
  return fsPromises.readFile(join(folder, 'classifier.json'), 'utf8');
}

/** From now on there is no room for a file of this name. */
function fillDisk(t: TestContext, name: string, code: string): void {
  const full = Object.assign(new Error(`${code}: no space left on device, write`), { code, syscall: 'write' });
  // TensorFlow.js writes with the first, the project with the second.
  const write = fs.writeFile.bind(fs) as (...args: unknown[]) => void;
  t.mock.method(fs, 'writeFile', (...args: unknown[]) => {
    if (!String(args[0]).includes(name)) return write(...args);
    (args.at(-1) as (error: Error) => void)(full);
  });
  const open = fsPromises.open.bind(fsPromises);
  t.mock.method(fsPromises, 'open', async (...args: Parameters<typeof open>) => {
    if (String(args[0]).includes(name)) throw full;
    return open(...args);
  });
}

for (const [name, code, found] of [
  ['weights.bin', 'ENOSPC', 'a full disk'],
  ['weights.bin', 'EDQUOT', "a full quota of the disk's"],
  ['classifier.json', 'ENOSPC', 'a full disk'],
]) {
  test(`saveClassifier says in one sentence that ${name} met ${found}, and leaves the model before`, async (t) => {
    await model.saveClassifier(folder, wideModel(), TINY_DESCRIPTION);
    const before = await description();
    fillDisk(t, name, code);
    await assert.rejects(model.saveClassifier(folder, wideModel(), TINY_DESCRIPTION), (error) => {
      assert.ok(error instanceof InputError, String(error));
      assert.match(
        error.message,
        /model: found .*, expected room for 0\.5 MB beside what is there\. Make room, or set/,
      );
      assert.equal(error.found, found);
      return true;
    });
    t.mock.restoreAll();
    assert.deepEqual(await readdir(outputs), ['model']);
    assert.deepEqual(await description(), before);
    (await model.loadClassifier(folder)).model.dispose();
  });
}

test('amendClassifier says in one sentence that the disk is full, and leaves the description before', async (t) => {
  await model.saveClassifier(folder, wideModel(), TINY_DESCRIPTION);
  const before = await description();
  fillDisk(t, '.classifier.json', 'ENOSPC');
  await assert.rejects(
    model.amendClassifier(folder, {}),
    /model: found a full disk, expected room for classifier\.json\./,
  );
  t.mock.restoreAll();
  assert.deepEqual(await description(), before);
});
