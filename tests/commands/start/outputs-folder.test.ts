import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { checkOutputs, removeEarlierResults } from '../../../scripts/start/outputs-folder';

let folder: string;
let root: string;

before(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'outputs-folder-')));
  root = join(folder, 'project');
  for (const name of ['notebooks', 'lib', 'scripts', 'tests']) await mkdir(join(root, name), { recursive: true });
});
after(() => rm(folder, { recursive: true }));

function check(outputs: string, notebooks = join(root, 'notebooks')): Promise<void> {
  return checkOutputs(outputs, notebooks, root);
}

test('checkOutputs refuses the project and its folders of sources, also through a link, and says what to do', async () => {
  await symlink(root, join(folder, 'link'));
  const remedy = /expected a folder for results alone\. Set OUTPUTS to another folder, or leave it out\.$/;
  const refused: [outputs: string, found: RegExp][] = [
    [root, /OUTPUTS, .*project: found the project's own folder, /],
    [join(folder, 'link'), /found the project's own folder/],
    [join(root, 'notebooks'), /found a folder in the project's notebooks\//],
    [join(root, 'lib', 'new', 'outputs'), /found a folder in the project's lib\//],
    [join(folder, 'link', 'scripts', 'x'), /found a folder in the project's scripts\//],
    [join(root, 'tests'), /found a folder in the project's tests\//],
  ];
  for (const [outputs, found] of refused) {
    await assert.rejects(check(outputs), found, outputs);
    await assert.rejects(check(outputs), remedy, outputs);
  }
});

test("checkOutputs refuses a folder whose notebooks are the ones that run, or a link to the project's", async () => {
  const [own, linked] = [join(folder, 'own'), join(folder, 'linked')];
  await mkdir(join(own, 'notebooks'), { recursive: true });
  await mkdir(linked);
  await symlink(join(root, 'notebooks'), join(linked, 'notebooks'));
  await assert.rejects(check(own, join(own, 'notebooks')), /found a folder whose notebooks\/ are the sources/);
  await assert.rejects(check(linked), /found a folder whose notebooks\/ are the sources/);
});

test('checkOutputs takes any other folder, there or not', async () => {
  for (const outputs of [join(root, 'outputs'), join(root, 'notebooks-2'), join(folder, 'results', 'new'), folder])
    await check(outputs);
});

test('removeEarlierResults removes the executed notebooks of this run and the report, and nothing else', async () => {
  const outputs = join(folder, 'work');
  await mkdir(join(outputs, 'notebooks', 'thesis'), { recursive: true });
  for (const file of ['report.json', 'notes.txt', 'notebooks/01-celeba.ipynb', 'notebooks/mine.ipynb'])
    await writeFile(join(outputs, file), '');
  await removeEarlierResults(outputs, [
    join(root, 'notebooks', '01-celeba.ipynb'),
    join(root, 'notebooks', '02-b.ipynb'),
  ]);
  assert.deepEqual((await readdir(outputs)).sort(), ['notebooks', 'notes.txt']);
  assert.deepEqual((await readdir(join(outputs, 'notebooks'))).sort(), ['mine.ipynb', 'thesis']);
});
