/** What package.json's scripts do when they are told to end: npm passes a signal to their shell alone. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { projectPath } from 'celeba-lab/dist/project';

const { scripts } = JSON.parse(readFileSync(projectPath('package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

test('the last program of every script takes the place of its shell, so that a signal reaches it', () => {
  for (const [name, script] of Object.entries(scripts)) {
    const programs = script.split(' && ');
    if (programs.length > 1) assert.match(programs[programs.length - 1], /^exec node /, name);
  }
});

for (const stage of ['the shell of npm run lab', 'npm run lab'])
  test(`JupyterLab ends where ${stage} is told to`, async (t) => {
    const words = '--no-browser --ServerApp.port=0 --ServerApp.port_retries=0';
    const [command, args] =
      stage === 'npm run lab'
        ? ['npm', ['run', 'lab', '--', ...words.split(' ')]]
        : ['sh', ['-c', `${scripts.lab} ${words}`]];
    // A group of its own, so that nothing is left of it where this fails.
    const child = spawn(command, args, { cwd: projectPath(), detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let [text, isClosed] = ['', false];
    const closed = once(child, 'close').then(() => (isClosed = true));
    t.after(() => isClosed || process.kill(-(child.pid as number), 'SIGKILL'));
    const started = new Promise<void>((isUp) => {
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (piece: string) => {
          text += piece;
          if (/http:\/\/\S+token=/.test(text)) isUp();
        });
    });
    await Promise.race([started, closed]);
    assert.ok(!isClosed, text);
    child.kill('SIGTERM');
    // Its outputs close once no process has them any more, JupyterLab among them.
    await Promise.race([closed, new Promise((tooLong) => setTimeout(tooLong, 30_000).unref())]);
    assert.ok(isClosed, text);
  });
