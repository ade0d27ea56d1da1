import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
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

test(
  'runNotebook leaves each text where it was printed, whatever pieces it came in',
  { skip: NO_KERNEL },
  async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'run-notebook-'));
    t.after(() => rm(folder, { recursive: true }));
    const cell = `import * as tslab from 'tslab';
console.log('one');
await new Promise((later) => setTimeout(later, 500));
console.log('two');
tslab.display.html('<b>3</b>');
process.stdout.write('10 %\\r20 %\\r');
console.log('four');`;
    const place = await writeNotebooks(folder, 'printed', { '01-a.ipynb': tinyNotebook(cell) });
    const executed = join(folder, 'executed.ipynb');
    const { status } = await runNotebook({
      ...{ notebook: join(place, '01-a.ipynb'), executed, folder: place },
      env: projectEnvironment(),
      signal: new AbortController().signal,
      onEvent: () => undefined,
    });
    assert.equal(status, 'ok');
    const { outputs = [] } = (await readNotebook(executed)).cells[0];
    const shown = outputs.map(({ text, data = {} }) => textOf(text ?? (data['text/html'] as string)));
    assert.deepEqual(shown, ['one\ntwo\n', '<b>3</b>', 'four\n']);
  },
);
