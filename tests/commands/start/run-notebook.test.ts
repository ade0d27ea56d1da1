import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { project } from 'celeba-lab';
import { projectEnvironment } from '../../../scripts/environment';
import { eventOf, runNotebook, type NotebookEvent } from '../../../scripts/start/run-notebook';

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
