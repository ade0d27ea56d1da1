import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { checkOrigin } from '../../../scripts/predict/model-of-rows';

const MODEL = { folder: '/saved', fingerprint: 'abc' };

let folder: string;
let rows: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'origin-'));
  rows = join(folder, 'rows.jsonl');
  await writeFile(rows, '{"file":"a.jpg"}\n');
});
afterEach(() => rm(folder, { recursive: true }));

/** Writes the note of an earlier run; gives what it is after one that goes on. */
async function after(note: string, from?: string): Promise<string> {
  await writeFile(`${rows}.model`, note);
  await (
    await checkOrigin(rows, MODEL, from)
  )();
  return readFile(`${rows}.model`, 'utf8');
}

test('checkOrigin accepts rows without a note, and adds the folder to the note of a run of absolute paths', async () => {
  await (
    await checkOrigin(rows, MODEL, '/a')
  )();
  assert.equal(await readFile(`${rows}.model`, 'utf8'), 'abc\n/a\n');
  assert.equal(await after('abc\n', '/b'), 'abc\n/b\n');
});

test('checkOrigin refuses paths that start in another folder, and keeps the one that is noted where a run has none', async () => {
  for (const place of ['/a', '/line\nend', '/a ']) {
    assert.equal(await after(`abc\n${place}\n`, place), `abc\n${place}\n`);
    assert.equal(await after(`abc\n${place}\n`), `abc\n${place}\n`);
    await assert.rejects(
      after(`abc\n${place}\n`, '/b'),
      /found rows whose paths start from \/[^]*, expected rows from \/b\./,
    );
  }
});

test("checkOrigin refuses another model's rows; a file without rows takes any", async () => {
  await assert.rejects(after('other\n/a\n', '/a'), /found rows of another model \(noted in .*\.model\), expected /);
  await writeFile(rows, '');
  assert.equal(await after('other\n/a\n', '/b'), 'abc\n/b\n');
});

test('checkOrigin of a note that is there and cannot be read takes it for no missing one, and leaves it', async () => {
  await mkdir(`${rows}.model`);
  await assert.rejects(checkOrigin(rows, MODEL), { code: 'EISDIR' });
});
