import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { project } from 'celeba-lab';
import { projectEnvironment } from '../../../scripts/environment';
import { readNotebook, textOf } from '../../../scripts/start/notebook-file';
import { eventOf, runNotebook, type NotebookEvent } from '../../../scripts/start/run-notebook';
import { NO_KERNEL, tinyNotebook, writeNotebooks } from './tiny-notebook';

const NO_PYTHON = existsSync(project.projectPath('.venv/bin/python')) ? false : 'no Python: npm run setup has not run';

test('eventOf reads an event, and takes no other line for one', () => {
  assert.deepEqual(eventOf('{"event": "cell", "cell": 3}'), { event: 'cell', cell: 3 });
  for (const line of ['hello', '', '5', 'null', '"cell"', '{"cell": 3}', '{"event": "cell", '])
    assert.equal(eventOf(line), undefined, line);
});

test('runNotebook counts a line that is no event as complaint, and ends', { skip: NO_PYTHON }, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'run-notebook-'));
  t.after(() => rm(folder, { recursive: true }));
  // Python runs this file before any other.
  const first = 'import os, sys\nsys.stdout.write("hello\\n")\nsys.stdout.flush()\nos._exit(3)\n';
  await writeFile(join(folder, 'sitecustomize.py'), first);
  const events: NotebookEvent[] = [];
  const end = await runNotebook({
    ...{ notebook: join(folder, '01-a.ipynb'), executed: join(folder, 'executed.ipynb'), folder },
    env: { ...projectEnvironment(), PYTHONPATH: folder },
    signal: new AbortController().signal,
    onEvent: (event) => events.push(event),
  });
  assert.deepEqual([end, events], [{ status: 'failed', complaint: 'hello\n' }, []]);
});

/** Runs a notebook of these cells in the kernel. */
async function runCells(t: TestContext, ...cells: string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'run-notebook-'));
  t.after(() => rm(folder, { recursive: true }));
  const place = await writeNotebooks(folder, 'notebooks', { '01-a.ipynb': tinyNotebook(...cells) });
  const executed = join(folder, 'executed.ipynb');
  const events: NotebookEvent[] = [];
  const { status } = await runNotebook({
    ...{ notebook: join(place, '01-a.ipynb'), executed, folder: place },
    env: projectEnvironment(),
    signal: new AbortController().signal,
    onEvent: (event) => events.push(event),
  });
  return { status, events, cells: (await readNotebook(executed)).cells };
}

test(
  'runNotebook leaves each text where it was printed, whatever pieces it came in',
  { skip: NO_KERNEL },
  async (t) => {
    const cell = `import * as tslab from 'tslab';
console.log('one');
await new Promise((later) => setTimeout(later, 500));
console.log('two');
tslab.display.html('<b>3</b>');
process.stdout.write('10 %\\r20 %\\r');
console.log('four');`;
    const { status, cells } = await runCells(t, cell);
    assert.equal(status, 'ok');
    const shown = (cells[0].outputs ?? []).map(({ text, data = {} }) => textOf(text ?? (data['text/html'] as string)));
    assert.deepEqual(shown, ['one\ntwo\n', '<b>3</b>', 'four\n']);
  },
);

test(
  'runNotebook loses no line of thousands printed at once, nor the reason of the error after them',
  { skip: NO_KERNEL },
  async (t) => {
    const many = 'for (let i = 0; i < 1500; i++) console.log(`line ${i}`);';
    const { status, events, cells } = await runCells(t, many, `${many}\nthrow new Error('the reason');`);
    const told = events.flatMap((event) => (event.event === 'stream' && event.name === 'stderr' ? event.text : []));
    assert.deepEqual([status, /the reason/.test(told.join(''))], ['failed', true]);
    const lines = Array.from({ length: 1500 }, (_, i) => `line ${i}\n`).join('');
    for (const { outputs = [] } of cells) assert.equal(textOf(outputs[0].text ?? ''), lines);
  },
);

test('runNotebook writes a notebook that printed half a character', { skip: NO_KERNEL }, async (t) => {
  const { status, cells } = await runCells(t, "console.log('half of it:', '\\u{1f600}'.slice(0, 1));");
  assert.deepEqual([status, textOf(cells[0].outputs?.[0].text ?? '')], ['ok', 'half of it: ?\n']);
});

test('runNotebook tells of a cell that ended its own kernel, and how', { skip: NO_KERNEL }, async (t) => {
  const { status, events } = await runCells(t, 'process.exit(3);');
  const lost = events.flatMap((event) => (event.event === 'kernel-lost' ? event.message : []));
  assert.equal(status, 'failed');
  assert.match(lost.join(), /^The notebook's process ended with code 3 while a cell ran, by that cell itself or /);
});
