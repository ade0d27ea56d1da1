/** Set-up that fails, is interrupted, killed, or started twice. */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { thisProcess } from 'celeba-lab/dist/project/lock-file';
import { MadeUpProject, runs } from './made-up-project';

test('a command that fails ends set-up with its last lines, a sentence and the log, without a stack trace', async (context) => {
  const { code, stderr } = await new MadeUpProject(context).setUp({ FAKE_PIP_FAILS: '1' });
  assert.equal(code, 1);
  assert.match(stderr, / {2}ERROR: No matching distribution found for tensorflow-cpu\n/);
  assert.match(
    stderr,
    /The Python packages couldn't be installed \(python: exit code 1\)\. All its output: \.setup\/python\.log\n$/,
  );
  assert.doesNotMatch(stderr, /\n\s+at /);
});

test("of npm's output its errors are shown, not what comes around them, and a network fault is called one", async (context) => {
  const { stderr } = await new MadeUpProject(context).setUp({ FAKE_NPM_FAILS: 'ENOTFOUND' });
  assert.match(
    stderr,
    /\n {2}npm error code ENOTFOUND\nThe npm packages couldn't be installed \(npm: exit code 1\)\. The package server can't be reached/,
  );
  assert.doesNotMatch(stderr, /npm http|usage/);
});

test('where two steps fail, each is told with its own lines', async (context) => {
  const { code, stderr } = await new MadeUpProject(context).setUp({ FAKE_PIP_FAILS: '1', FAKE_NPM_FAILS: 'ENOTFOUND' });
  assert.equal(code, 1);
  assert.match(stderr, /\n {2}npm error code ENOTFOUND\nThe npm packages couldn't be installed/);
  assert.match(stderr, /\n {2}ERROR: No matching distribution .*\nThe Python packages couldn't be installed/);
});

test('after a failure the steps before and beside it stay done, and the failed one runs again', async (context) => {
  const project = new MadeUpProject(context);
  await project.setUp({ FAKE_PIP_FAILS: '1' });
  project.calls();
  assert.equal((await project.setUp()).code, 0);
  const calls = project.calls();
  assert.ok(!calls.some((call) => call.startsWith('npm ')));
  assert.ok(calls.some((call) => call.startsWith('python3 -m venv')));
});

test('SIGINT ends the command under way, says so and exits with 130', async (context) => {
  const project = new MadeUpProject(context);
  const { child, stderr, pip } = await project.startInMiddle();
  child.kill('SIGINT');
  const [code] = (await once(child, 'exit')) as [number];
  assert.equal(code, 130);
  assert.match(
    await stderr,
    /interrupted after .*\nInterrupted\. What is finished stays; run the same command again to go on\.\n$/,
  );
  assert.ok(!runs(pip));
  assert.ok(!existsSync(project.path('.setup/lock')));
});

test('what had failed before an interruption is told before it', async (context) => {
  const project = new MadeUpProject(context, ['python3', 'g++']);
  project.addScript('npm', 'sleep 60');
  const child = project.start({ FAKE_PIP_FAILS: '1' });
  let stderr = '';
  child.stderr!.on('data', (piece: Buffer) => {
    stderr += piece.toString();
    if (/ failed after /.test(stderr) && !child.killed) child.kill('SIGINT');
  });
  const [code] = (await once(child, 'close')) as [number];
  assert.equal(code, 130);
  assert.match(
    stderr,
    /\n {2}ERROR: No matching.*\nThe Python packages couldn't be installed[^\n]*\nInterrupted\. [^\n]*\n$/,
  );
});

test('an interrupted step is run again from its start', async (context) => {
  const project = new MadeUpProject(context);
  const { child } = await project.startInMiddle();
  child.kill('SIGTERM');
  await once(child, 'exit');
  project.calls();
  assert.equal((await project.setUp()).code, 0);
  assert.ok(project.calls().some((call) => call.startsWith('python3 -m venv')));
});

test('after SIGKILL the next run ends what was left running, and does the step again', async (context) => {
  const project = new MadeUpProject(context);
  const { child, pip } = await project.startInMiddle();
  child.kill('SIGKILL');
  await once(child, 'exit');
  assert.ok(runs(pip));
  assert.equal((await project.setUp()).code, 0);
  assert.ok(!runs(pip));
});

test('a second set-up in the same folder waits, says so, and finds everything done', async (context) => {
  const project = new MadeUpProject(context);
  const { child: first } = await project.startInMiddle(2);
  const { code, stderr } = await project.setUp();
  assert.equal(code, 0);
  assert.equal(stderr, `Another set-up (process ${first.pid}) is at work in this folder; waiting for it to end.\n`);
  assert.equal(project.calls().filter((call) => call.startsWith('npm ci')).length, 1);
});

test("a set-up waits for another machine's, whatever runs here, says which file to remove, and goes on without it", async (context) => {
  const project = new MadeUpProject(context);
  const lock = project.path('.setup/lock');
  project.write('.setup/lock', JSON.stringify({ host: 'node-17', owner: { pid: 4_000_000, started: '1' } }));
  const child = project.start();
  const [said] = (await once(child.stderr!, 'data')) as [Buffer];
  const holder = `Another set-up (process 4000000 on node-17, as ${lock} says) is at work in this folder;`;
  assert.equal(
    said.toString(),
    `${holder} waiting for it to end. If it was killed, remove ${lock}, and this one goes on.\n`,
  );
  assert.deepEqual(project.calls(), []);
  rmSync(lock);
  child.stderr!.resume();
  const [code] = (await once(child, 'exit')) as [number];
  assert.equal(code, 0);
});

test('a lock names this machine as a run does; one that names none is taken for its own', async (context) => {
  const project = new MadeUpProject(context);
  const { child } = await project.startInMiddle();
  const lock = JSON.parse(readFileSync(project.path('.setup/lock'), 'utf8')) as Record<string, unknown>;
  const { host, boot, processes } = await thisProcess();
  assert.deepEqual([lock.host, lock.boot, lock.processes], [host, boot, processes]);
  child.kill('SIGTERM');
  await once(child, 'exit');
  project.write('.setup/lock', JSON.stringify({ owner: { pid: 4_000_000, started: '1' } }));
  assert.equal((await project.setUp()).code, 0);
});

test('a set-up that waits can be interrupted', async (context) => {
  const project = new MadeUpProject(context);
  const { child: first } = await project.startInMiddle();
  const second = project.start();
  await once(second.stderr!, 'data');
  second.kill('SIGINT');
  const [code] = (await once(second, 'exit')) as [number];
  assert.equal(code, 130);
  assert.ok(existsSync(project.path('.setup/lock')));
  first.kill('SIGINT');
  await Promise.race([once(first, 'exit'), sleep(10_000)]);
});
