/** The committed notebooks keep the house's rules, and the rules find what breaks them. */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import { normaliseNotebook } from '../../scripts/start/normalise-notebook';
import type { NotebookCell, NotebookFile, NotebookOutput } from '../../scripts/start/notebook-file';
import { faultsOfOutputs, faultsOfSource, sourceOf } from './house-rules';

const FOLDER = resolve(__dirname, '..', '..', 'notebooks');
const NAMES = readdirSync(FOLDER).filter((name) => name.endsWith('.ipynb'));
const read = (name: string) => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as NotebookFile;

for (const name of NAMES) {
  describe(`notebooks/${name}`, () => {
    const notebook = read(name);

    test('text and code keep their lengths and their order, with one import line', () => {
      assert.deepEqual(faultsOfSource(notebook), []);
    });

    test('outputs show no undefined, error, absolute path or user name, and every chart has its PNG', () => {
      assert.deepEqual(faultsOfOutputs(notebook, userInfo().username), []);
    });

    test('it is committed with outputs, without counters or times, and is smaller than 1 MB', () => {
      const code = notebook.cells.filter((cell) => cell.cell_type === 'code');
      assert.ok(
        code.filter(({ outputs = [] }) => outputs.length > 0).length > code.length / 3,
        'most cells show nothing',
      );
      assert.ok(code.every((cell) => (cell.execution_count ?? null) === null && cell.metadata.execution === undefined));
      assert.ok(statSync(join(FOLDER, name)).size < 1e6);
    });

    test('it is written as JupyterLab would save it, which then changes nothing in it', () => {
      assert.equal(readFileSync(join(FOLDER, name), 'utf8'), normaliseNotebook(notebook, notebook));
    });

    test('its links lead to files that exist', () => {
      const links = notebook.cells.flatMap((cell) => [...sourceOf(cell).matchAll(/\]\((?!https?:|#)([^)#]+)/g)]);
      const lost = links
        .map(([, link]) => link)
        .filter((link) => !readdirSync(join(FOLDER, link, '..')).includes(link.split('/').at(-1)!));
      assert.deepEqual(lost, []);
    });
  });
}

test('there are notebooks 01 to 06, and half of all code cells have at most 6 lines', () => {
  assert.deepEqual(
    NAMES.map((name) => name.slice(0, 2)),
    ['01', '02', '03', '04', '05', '06'],
  );
  const cells = NAMES.flatMap((name) => read(name).cells).filter((cell) => cell.cell_type === 'code');
  const lengths = cells.map((cell) => sourceOf(cell).split('\n').length).sort((a, b) => a - b);
  assert.ok(lengths[Math.floor(lengths.length / 2)] <= 6, `lines: ${lengths.join(' ')}`);
});

test('the picture at the top of README is the chart that the committed notebook 3 ends with', () => {
  const outputs = read('03-train.ipynb').cells.flatMap((cell) => cell.outputs ?? []);
  const pictures = outputs.flatMap((output) => ('data' in output ? [output.data?.['image/png']] : [])).filter(Boolean);
  const shown = readFileSync(resolve(FOLDER, '..', 'docs', 'training.png'));
  assert.ok(shown.equals(Buffer.from(pictures.at(-1) as string, 'base64')));
});

const TITLE = '# 1. A title\n\n1. First\n\nNext: [2. Another](02-another.ipynb).';
const IMPORT = "import { tf } from 'celeba-lab';";
const cell = (cell_type: 'code' | 'markdown', source: string, outputs: NotebookOutput[] = []): NotebookCell => ({
  cell_type,
  source,
  outputs,
  metadata: {},
});
const notebookOf = (...cells: NotebookCell[]): NotebookFile => ({
  cells: [cell('markdown', TITLE), cell('code', IMPORT), ...cells],
  metadata: { kernelspec: { name: 'tslab' } },
  nbformat: 4,
  nbformat_minor: 5,
});
const use = cell('code', 'const one = tf.ones([1]);');
const say = cell('markdown', 'Now we look:');

describe('the rules', () => {
  test('find nothing in a notebook that keeps them', () => {
    assert.deepEqual(faultsOfSource(notebookOf(use, say, cell('code', 'one.print();'))), []);
  });

  const broken: [string, NotebookFile, string][] = [
    ['a code cell of 21 lines', notebookOf(cell('code', `tf.ones([1]);${'\n1;'.repeat(20)}`)), 'cell 3 has 21 lines'],
    [
      'a line of 131 columns',
      notebookOf(cell('code', `tf.ones([1]);${' '.repeat(114)}1;1;`)),
      'cell 3 has a line of 131 columns',
    ],
    ['a text of 86 words', notebookOf(use, cell('markdown', 'word\n'.repeat(86))), 'cell 4 has 86 words'],
    [
      'a line of text of 131 columns',
      notebookOf(use, cell('markdown', 'longword '.repeat(14) + 'words')),
      'cell 4 has a line of 131 columns',
    ],
    ['two texts in a row', notebookOf(use, say, say), 'cell 5 is a second text cell in a row'],
    ['three code cells in a row', notebookOf(use, use), 'cell 4 is a third code cell in a row'],
    [
      'a code cell that has nothing to do with the one before',
      notebookOf(use, say, use, cell('code', 'let other = 1;')),
      'cell 6 is a second code cell in a row and uses nothing of the first',
    ],
    [
      'a second import',
      notebookOf(cell('code', "import fs from 'fs';\ntf;")),
      'has other than one import line, from celeba-lab',
    ],
    ['an import that is not used', notebookOf(cell('code', 'const one = 1; void tf;')), 'imports tf without using it'],
  ];
  for (const [what, notebook, fault] of broken) {
    test(`find ${what}`, () => assert.deepEqual(faultsOfSource(notebook), [fault]));
  }

  const chart = { 'application/vnd.vegalite.v5+json': {} };
  const outputs: [string, NotebookOutput, RegExp][] = [
    ['a stray undefined', { output_type: 'stream', name: 'stdout', text: ['1\n', 'undefined\n'] }, /prints undefined/],
    ['an absolute path', { output_type: 'stream', name: 'stdout', text: 'in "/home/ada/photos"' }, /path \/home\/ada/],
    [
      'a path in HTML',
      { output_type: 'display_data', data: { 'text/html': '<td>/tmp/a.jpg</td>' } },
      /path \/tmp\/a\.jpg/,
    ],
    ['a user name', { output_type: 'stream', name: 'stdout', text: 'by lovelace' }, /user name lovelace/],
    ['a word on stderr', { output_type: 'stream', name: 'stderr', text: 'a warning' }, /writes an error/],
    ['a chart without PNG', { output_type: 'display_data', data: chart }, /chart without PNG/],
    [
      'a chart of another version',
      { output_type: 'display_data', data: { 'application/vnd.vegalite.v6+json': {}, 'image/png': '' } },
      /chart as application\/vnd\.vegalite\.v6/,
    ],
  ];
  for (const [what, output, fault] of outputs) {
    test(`find ${what} in an output`, () => {
      const faults = faultsOfOutputs(notebookOf(cell('code', 'tf;', [output])), 'lovelace');
      assert.equal(faults.length, 1);
      assert.match(faults[0], fault);
    });
  }

  test('leave web addresses, relative paths and charts with PNG alone', () => {
    const text = 'outputs/plots/a.png, https://example.org/home/ada, 1/2';
    const fine = [
      { output_type: 'stream', name: 'stdout', text } as const,
      { output_type: 'display_data', data: { ...chart, 'image/png': 'iVBOR' } } as const,
    ];
    assert.deepEqual(faultsOfOutputs(notebookOf(cell('code', 'tf;', fine)), 'lovelace'), []);
  });
});
