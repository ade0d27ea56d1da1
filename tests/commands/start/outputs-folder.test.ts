import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { checkExecuted, removeEarlierResults } from '../../../scripts/start/outputs-folder';

let folder: string;
let root: string;

before(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'outputs-folder-')));
  root = join(folder, 'project');
  for (const name of ['notebooks', 'lib', 'scripts', 'tests']) await mkdir(join(root, name), { recursive: true });
});
after(() => rm(folder, { recursive: true }));

function check(outputs: string, notebooks = join(root, 'notebooks')): void {
  checkExecuted(outputs, notebooks, root);
}

test("checkExecuted refuses a folder whose notebooks are the ones that run, or a link to the project's", async () => {
  const [own, linked] = [join(folder, 'own'), join(folder, 'linked')];
  await mkdir(join(own, 'notebooks'), { recursive: true });
  await mkdir(linked);
  await symlink(join(root, 'notebooks'), join(linked, 'notebooks'));
  assert.throws(() => check(own, join(own, 'notebooks')), /found a folder whose notebooks\/ are the sources/);
  assert.throws(() => check(linked), /found a folder whose notebooks\/ are the sources/);
});

test('checkExecuted says in one sentence where the system does not follow the path', async () => {
  await mkdir(join(folder, 'round'));
  await symlink('notebooks', join(folder, 'round', 'notebooks'));
  const words = /^InputError: OUTPUTS, .*round: found a place that can't be reached \(ELOOP: .*\), expected /;
  assert.throws(() => check(join(folder, 'round')), words);
});

test('checkExecuted takes any other folder, there or not', () => {
  for (const outputs of [join(root, 'outputs'), join(root, 'notebooks-2'), join(folder, 'results', 'new'), folder])
    check(outputs);
});

test('removeEarlierResults removes the executed notebooks and the charts of this run and the report, and nothing else', async () => {
  const outputs = join(folder, 'work');
  await mkdir(join(outputs, 'notebooks', 'thesis'), { recursive: true });
  await mkdir(join(outputs, 'plots'));
  for (const file of [
    'report.json',
    'notes.txt',
    'notebooks/01-celeba.ipynb',
    'notebooks/mine.ipynb',
    'plots/persons.png',
    'plots/mine.png',
  ])
    await writeFile(join(outputs, file), '');
  const notebooks = ['01-celeba.ipynb', '02-b.ipynb'].map((name) => join(root, 'notebooks', name));
  await writeFile(notebooks[0], '"  save: `${settings.outputs}/plots/persons.png`"');
  await writeFile(notebooks[1], '');
  await removeEarlierResults(outputs, notebooks);
  assert.deepEqual((await readdir(outputs)).sort(), ['notebooks', 'notes.txt', 'plots']);
  assert.deepEqual(await readdir(join(outputs, 'plots')), ['mine.png']);
  assert.deepEqual((await readdir(join(outputs, 'notebooks'))).sort(), ['mine.ipynb', 'thesis']);
});
