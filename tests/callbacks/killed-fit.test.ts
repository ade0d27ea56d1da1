/** Trainings in processes of their own that are killed with SIGKILL again and again, at points that a seed chooses. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, watch } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { random } from 'celeba-lab';
import type { Result } from './resumable-training';

const EPOCHS = 24;
const KILLS = 10;
const root = mkdtemp(join(tmpdir(), 'killed-'));
after(async () => rm(await root, { recursive: true }));

let folders = 0;
async function newFolder(): Promise<string> {
  const folder = join(await root, String(folders++));
  for (const part of ['training/state', 'model']) mkdirSync(join(folder, part), { recursive: true });
  return folder;
}

/** Starts the training; `kill` may end it at any moment after its first line. Tells whether it was killed, and what it printed. */
async function runChild(outputs: string, kill: (end: () => void) => void = () => undefined) {
  const arguments_ = ['--require', 'ts-node/register/transpile-only', join(__dirname, 'killed-fit.ts')];
  const child = spawn(process.execPath, [...arguments_, outputs, String(EPOCHS)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const end = (): void => void child.kill('SIGKILL');
  createInterface(child.stdout).on('line', (line) => {
    // The first line says where training begins: from here on it may be killed.
    if (lines.push(line) === 1) kill(end);
  });
  await once(child, 'close');
  return { killed: child.signalCode === 'SIGKILL', lines };
}

/** The result of the training, continued to its end. */
async function resultIn(outputs: string): Promise<Result> {
  const { lines } = await runChild(outputs);
  return JSON.parse(lines.at(-1) ?? '') as Result;
}

/** Kills the training in a new folder KILLS times, then lets it come to its end. */
async function killedResult(kill: (outputs: string, kills: number, end: () => void) => void) {
  const outputs = await newFolder();
  const continued = new Set<string>();
  for (let kills = 0; kills < KILLS;) {
    const { killed, lines } = await runChild(outputs, (end) => kill(outputs, kills, end));
    if (killed) kills += 1;
    if (lines[0].startsWith('Continues')) continued.add(lines[0]);
  }
  return { outputs, continued, result: await resultIn(outputs) };
}

let whole: Result;
before(async () => (whole = await resultIn(await newFolder())));

test('killed ten times at random moments, a training comes to the result of one that never was', async () => {
  const chance = random.seededRandom(1);
  const { continued, result } = await killedResult((_outputs, _kills, end) => void delay(300 * chance()).then(end));
  assert.deepEqual(result, whole);
  assert.ok(continued.size > 1, [...continued].join());
});

test('killed ten times while a state or a model is being written, it comes to the same result', async () => {
  const chance = random.seededRandom(2);
  const { outputs, continued, result } = await killedResult((folder, kills, end) => {
    // Files and folders that are being written begin with a point; so many of them are let through.
    let spared = Math.floor(10 * chance());
    const watcher = watch(kills % 2 === 0 ? join(folder, 'training', 'state') : folder, (_event, name) => {
      if (!/^\.(state|model|[0-9a-f]{64})/.test(name ?? '') || spared-- > 0) return;
      watcher.close();
      end();
    });
  });
  assert.deepEqual(result, whole);
  assert.ok(continued.size > 1, [...continued].join());
  assert.deepEqual(await readdir(join(outputs, 'training')), ['log.jsonl']);
});
