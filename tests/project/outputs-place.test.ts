/** Folders that may not take results: those of the project's sources. */

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { project } from 'celeba-lab';

let folder: string;
let root: string;

before(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'outputs-place-')));
  root = join(folder, 'project');
  for (const name of ['notebooks', 'lib', 'scripts', 'tests']) await mkdir(join(root, name), { recursive: true });
});
after(() => rm(folder, { recursive: true }));

test('checkOutputsPlace refuses the project and its folders of sources, also through a link, and says what to do', async () => {
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
    assert.throws(() => project.checkOutputsPlace(outputs, root), found, outputs);
    assert.throws(() => project.checkOutputsPlace(outputs, root), remedy, outputs);
  }
});

test('checkOutputsPlace takes any other folder, there or not', () => {
  for (const outputs of [join(root, 'outputs'), join(root, 'notebooks-2'), join(folder, 'results', 'new'), folder])
    project.checkOutputsPlace(outputs, root);
});

test('checkOutputsPlace refuses a path that goes through a file', async () => {
  await writeFile(join(folder, 'notes.txt'), '');
  assert.throws(
    () => project.checkOutputsPlace(join(folder, 'notes.txt', 'x', 'y'), root),
    /found a path that goes through a file/,
  );
});

test('checkOutputsPlace refuses a path that the system does not follow', async () => {
  await symlink('circle', join(folder, 'circle'));
  const words = /^InputError: OUTPUTS, .*circle.x: found a place that can't be reached \(ELOOP: .*\), expected /;
  assert.throws(() => project.checkOutputsPlace(join(folder, 'circle', 'x'), root), words);
});

test('readSettings refuses such a folder, for every command and notebook alike', () => {
  for (const OUTPUTS of ['.', 'lib', './notebooks/run'])
    assert.throws(() => project.readSettings({ OUTPUTS, INIT_CWD: project.projectPath() }), /OUTPUTS, .*results alone/);
});

test('readSettings refuses OUTPUTS inside DATASET, where charts would be taken for photos, and takes one beside it', async () => {
  const DATASET = join(folder, 'photos');
  await mkdir(DATASET, { recursive: true });
  for (const OUTPUTS of [DATASET, join(DATASET, 'results', 'new')])
    assert.throws(
      () => project.readSettings({ DATASET, OUTPUTS }),
      /^InputError: OUTPUTS, .*photos.*: found a folder in DATASET, which is only read, expected a folder for results alone/,
    );
  assert.equal(project.readSettings({ DATASET, OUTPUTS: `${DATASET}-results` }).outputs, `${DATASET}-results`);
});

test('readSettings refuses a data set that lies where a run writes, also through a link, and takes one beside that', async () => {
  const outputs = join(folder, 'run');
  for (const name of ['model', 'faces', join('plots', 'cats'), 'photos'])
    await mkdir(join(outputs, name), { recursive: true });
  await symlink(join(outputs, 'model'), join(folder, 'pets'));
  const read = (dataset: string) => () => project.readSettings({ OUTPUTS: outputs, DATASET: dataset });
  assert.throws(read(join(outputs, 'model')), /OUTPUTS, .*run: found DATASET in model\/, where a run writes, /);
  assert.throws(read(join(folder, 'pets')), /found DATASET in model\//);
  assert.throws(read(join(outputs, 'faces')), /found DATASET in faces\//);
  assert.throws(read(join(outputs, 'plots', 'cats')), /found DATASET in plots\//);
  assert.equal(read(join(outputs, 'photos'))().outputs, outputs);
});

test('checkOutputsPlace refuses a folder where a new model would replace something else than a model', async () => {
  const outputs = join(folder, 'work');
  const check = () => project.checkOutputsPlace(outputs, root);
  const words = /found something else than a model at model, which a new model would replace/;
  await mkdir(join(outputs, 'model', '.cache'), { recursive: true });
  check();
  await writeFile(join(outputs, 'model', 'thesis.txt'), '');
  assert.throws(check, words);
  await writeFile(join(outputs, 'model', 'best_model.h5'), '');
  check();
  await rm(join(outputs, 'model'), { recursive: true });
  await writeFile(join(outputs, 'model'), '');
  assert.throws(check, words);
});

test('checkOutputsPlace refuses a file, and leaves a folder that a link leads around in to whoever writes there', async () => {
  const file = join(folder, 'results.txt');
  await writeFile(file, '');
  assert.throws(
    () => project.checkOutputsPlace(file, root),
    /OUTPUTS, .*results\.txt: found a file, expected a folder/,
  );
  const outputs = join(folder, 'turning');
  await mkdir(outputs);
  await symlink(join(outputs, 'model'), join(outputs, 'model'));
  project.checkOutputsPlace(outputs, root);
});
