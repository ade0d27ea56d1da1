import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { project } from 'celeba-lab';
import { normaliseNotebook } from '../../../scripts/start/normalise-notebook';
import type { NotebookFile, NotebookOutput } from '../../../scripts/start/notebook-file';
import { checkUpdatable, updateNotebook } from '../../../scripts/start/update-notebooks';
import { tinyNotebook } from './tiny-notebook';

/** A run of a notebook as nbclient leaves it, which differs from run to run though its results are the same. */
function executed(count: number, outputs: NotebookOutput[]): NotebookFile {
  const notebook = tinyNotebook('# Title', 'f()');
  notebook.cells[1] = {
    ...notebook.cells[1],
    execution_count: count,
    outputs,
    metadata: { execution: { started: `2020-01-0${count}` }, collapsed: true, tags: ['kept'] },
  };
  notebook.metadata.language_info = { name: 'typescript', version: `5.0.${count}` };
  return notebook;
}

const inOne: NotebookOutput[] = [{ output_type: 'stream', name: 'stdout', text: 'a\nb\n' }];
const inPieces: NotebookOutput[] = [
  { text: ['a\n'], name: 'stdout', output_type: 'stream' },
  { output_type: 'stream', name: 'stdout', text: ['b\n'] },
];

test('normaliseNotebook writes the same bytes for two runs with the same results', () => {
  const [first, second] = [executed(1, inOne), executed(2, inPieces)];
  assert.equal(normaliseNotebook(first, first), normaliseNotebook(second, second));
});

test('normaliseNotebook is stable: its own result normalised again is the same', () => {
  const text = normaliseNotebook(tinyNotebook('# Title', 'f()'), executed(1, inOne));
  const again = JSON.parse(text) as NotebookFile;
  assert.equal(normaliseNotebook(again, again), text);
});

test('normaliseNotebook keeps source, ids, tags and outputs, and no count or time', () => {
  const text = normaliseNotebook(executed(1, []), executed(3, inPieces));
  const [, cell] = (JSON.parse(text) as NotebookFile).cells;
  assert.deepEqual(cell, {
    cell_type: 'code',
    execution_count: null,
    id: 'c1',
    metadata: { tags: ['kept'] },
    outputs: [{ name: 'stdout', output_type: 'stream', text: ['a\n', 'b\n'] }],
    source: ['f()'],
  });
});

test('normaliseNotebook sorts the keys of a chart, at every depth', () => {
  const chart = { mark: 'bar', data: { values: [{ y: 1, x: 2 }] } };
  const output: NotebookOutput = { output_type: 'display_data', data: { 'application/json': chart }, metadata: {} };
  assert.match(normaliseNotebook(executed(1, []), executed(1, [output])), /"data": {[^]*"x": 2,\s+"y": 1[^]*"mark"/);
});

test('normaliseNotebook writes the same bytes as Jupyter, which saves notebooks by Python', () => {
  const values = [0.00001, -0.000012345, 1e-7, 2.5e-10, 0.0001, 1.5, 12, 1e21, 'at 0.00001,'];
  const output: NotebookOutput = {
    output_type: 'display_data',
    data: { 'application/json': { '0.00001': 0.00002, values } },
    metadata: {},
  };
  const text = normaliseNotebook(executed(1, []), executed(1, [output]));
  const script = 'import nbformat, sys; sys.stdout.write(nbformat.writes(nbformat.read(sys.stdin, 4)) + "\\n")';
  const python = project.projectPath('.venv', 'bin', 'python');
  assert.equal(execFileSync(python, ['-c', script], { input: text, encoding: 'utf8' }), text);
});

test('updateNotebook leaves a notebook with the same results untouched, and refuses paths of this machine', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'update-'));
  try {
    const [kept, run] = [join(folder, '01-a.ipynb'), join(folder, 'run.ipynb')];
    await writeFile(kept, JSON.stringify(tinyNotebook('# Title', 'f()')));
    await writeFile(run, JSON.stringify(executed(1, inOne)));
    assert.match(await updateNotebook(kept, run), /^01-a\.ipynb: updated/);
    const before = await stat(kept);
    await writeFile(run, JSON.stringify(executed(2, inPieces)));
    assert.equal(await updateNotebook(kept, run), '01-a.ipynb: unchanged');
    assert.equal((await stat(kept)).ino, before.ino);
    const text = await readFile(kept, 'utf8');
    const telling: NotebookOutput = { output_type: 'stream', name: 'stdout', text: project.projectPath('data') };
    await writeFile(run, JSON.stringify(executed(3, [telling])));
    await assert.rejects(updateNotebook(kept, run), /01-a\.ipynb: found the path of the project folder/);
    assert.equal(await readFile(kept, 'utf8'), text);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('checkUpdatable refuses any setting and any own photo, which would change the committed outputs', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'own-'));
  try {
    const settings = { ...project.readSettings({}), ownPhotos: folder };
    await checkUpdatable({}, settings);
    await assert.rejects(
      checkUpdatable({ DATASET: 'x' }, settings),
      /^InputError: DATASET: found "x", expected no setting/,
    );
    await writeFile(join(folder, 'me.jpg'), '');
    await assert.rejects(checkUpdatable({}, settings), /found 1 photo, expected none/);
  } finally {
    await rm(folder, { recursive: true });
  }
});
