/** What a save finds that was cut off before it, and what it leaves where it fails itself. */

import assert from 'node:assert/strict';
import fsPromises, { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { swapFolderIn } from 'celeba-lab/dist/model/swap-folder';
import { temporaryFolder } from '../dataset/write-celeba';

/** Swaps in a folder with one file. */
function save(folder: string, text: string): Promise<void> {
  return swapFolderIn(folder, (aside) => writeFile(join(aside, 'text'), text));
}

async function writeFolder(folder: string, files: Record<string, string>): Promise<void> {
  await mkdir(folder);
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
}

test('a half filled folder that a killed save left is not taken along', async (t) => {
  const outputs = temporaryFolder(t);
  await writeFolder(join(outputs, '.model.new'), { text: 'half', left: 'over' });
  await save(join(outputs, 'model'), 'whole');
  assert.deepEqual(await readdir(outputs), ['model']);
  assert.deepEqual(await readdir(join(outputs, 'model')), ['text']);
});

test('a save goes on from one that was killed before it removed the older folder', async (t) => {
  const outputs = temporaryFolder(t);
  await writeFolder(join(outputs, 'model'), { text: 'newer' });
  await writeFolder(join(outputs, '.model.old'), { text: 'older' });
  await save(join(outputs, 'model'), 'newest');
  assert.deepEqual(await readdir(outputs), ['model']);
  assert.equal(await readFile(join(outputs, 'model', 'text'), 'utf8'), 'newest');
});

test('a save whose new folder cannot take its place puts the older one back', async (t) => {
  const outputs = temporaryFolder(t);
  const folder = join(outputs, 'model');
  await save(folder, 'older');
  const { rename } = fsPromises;
  t.mock.method(fsPromises, 'rename', async (from: string, to: string) => {
    if (from.endsWith('.new')) throw new Error('not now');
    await rename(from, to);
  });
  await assert.rejects(save(folder, 'newer'), /not now/);
  assert.deepEqual(await readdir(outputs), ['model']);
  assert.equal(await readFile(join(folder, 'text'), 'utf8'), 'older');
});
