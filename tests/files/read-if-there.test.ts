import assert from 'node:assert/strict';
import fsPromises, { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { InputError } from 'celeba-lab';
import { readJsonIfThere, readTextIfThere } from 'celeba-lab/dist/files/read-if-there';

let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'read-if-there-'));
  await writeFile(join(folder, 'text'), 'ä');
});

after(() => rm(folder, { recursive: true }));

test('readTextIfThere gives the text, and undefined where there is no such file', async () => {
  assert.equal(await readTextIfThere(join(folder, 'text'), 'a text'), 'ä');
  assert.equal(await readTextIfThere(join(folder, 'none'), 'a text'), undefined);
  assert.equal(await readTextIfThere(join(folder, 'text', 'below a file'), 'a text'), undefined);
});

test('readTextIfThere gives the error of a place that is there and no file', async () => {
  await assert.rejects(readTextIfThere(folder, 'a text'), { code: 'EISDIR' });
});

test('readTextIfThere says in a sentence that a file may not be read', async (t) => {
  const refused = Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' });
  t.mock.method(fsPromises, 'readFile', () => Promise.reject(refused));
  await assert.rejects(readTextIfThere('/some/text', 'a text'), (error: Error) => {
    assert.ok(error instanceof InputError);
    assert.equal(
      error.message,
      '/some/text: found a file that may not be read, expected a text. Give yourself the right to read it.',
    );
    return true;
  });
});

test('readJsonIfThere gives the object, its nulls as NaN, and undefined where there is no such file', async () => {
  const file = join(folder, 'runs.json');
  await writeFile(file, '{"loss": [0.5, null]}');
  assert.deepEqual(await readJsonIfThere(file, 'some runs'), { loss: [0.5, NaN] });
  assert.equal(await readJsonIfThere(join(folder, 'none'), 'some runs'), undefined);
});

for (const text of ['', '{"loss": [0.5,', '[]', '5', 'null'])
  test(`readJsonIfThere names a file that holds ${text || 'nothing'} and says what to do`, async () => {
    const file = join(folder, 'runs.json');
    await writeFile(file, text);
    await assert.rejects(readJsonIfThere(file, 'some runs'), (error: Error) => {
      assert.ok(error instanceof InputError);
      const remedy = 'Remove it, or put back the file that was there: a run writes it anew';
      assert.equal(error.message, `${file}: found something else than a JSON object, expected some runs. ${remedy}.`);
      return true;
    });
  });
