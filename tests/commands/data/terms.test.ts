import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { projectPath } from 'celeba-lab/dist/project';

const PYTHON = projectPath('.venv', 'bin', 'python');
const options = { skip: existsSync(PYTHON) ? false : 'no Python for a terminal: npm run setup has not run' };
const KEYS = { controlC: '\x03', controlD: '\x04' };

/** What the terminal shows when `keys` are typed at the question, and the command's exit code. */
function typeAtTerms(t: TestContext, keys: string): { code: number | null; shown: string } {
  const folder = mkdtempSync(join(tmpdir(), 'terms-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const source = { key: 'none', name: 'none', aboutBytes: 0, files: [] };
  const entry = { title: 'Photos', folder: join(folder, 'set'), terms: ['Be kind.'], mustAccept: true };
  const catalog = { celeba: { ...entry, keep: [], whole: [['^a$']], sources: [source] } };
  writeFileSync(join(folder, 'catalog.json'), JSON.stringify(catalog));
  const script = ['--require', 'ts-node/register/transpile-only', projectPath('scripts', 'data.ts')];
  const command = [process.execPath, ...script, 'celeba', '--catalog', join(folder, 'catalog.json')];
  const python = [join(__dirname, 'in_terminal.py'), '[y/N]', keys, ...command];
  const { status, stdout } = spawnSync(PYTHON, python, { cwd: projectPath(), encoding: 'utf8', timeout: 60_000 });
  return { code: status, shown: stdout.replaceAll('\r', '') };
}

test('Ctrl-C at the terms ends data as at any other moment: "Stopped", exit code 130, no stack', options, (t) => {
  const { code, shown } = typeAtTerms(t, KEYS.controlC);
  assert.equal(code, 130, shown);
  assert.match(shown, /\nStopped\. Run the same command again/);
  assert.doesNotMatch(shown, /Error|\n\s+at /);
});

test('Ctrl-D at the terms leaves them unanswered, and no leaves them refused: exit code 2', options, (t) => {
  const unanswered = typeAtTerms(t, KEYS.controlD);
  assert.equal(unanswered.code, 2, unanswered.shown);
  assert.match(unanswered.shown, /found no answer to its terms/);
  const refused = typeAtTerms(t, 'no\r');
  assert.equal(refused.code, 2, refused.shown);
  assert.match(refused.shown, /found its terms not accepted/);
});
