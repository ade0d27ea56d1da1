/** Trainings in processes of their own that are killed with SIGKILL again and again, at points that a seed chooses. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { random } from 'celeba-lab';
import { NO_EQUAL_BITS } from '../tensorflow/gpu';
import { newFolder } from './new-folder';
import type { Result } from './resumable-training';

const EPOCHS = 16;
const KILLS = 10;

/** Adam with one rate, or notebook 6's: a rate for each group of layers, a schedule, averaged weights. */
type Recipe = 'article' | 'improved';

type Kill = (end: () => void, batches: () => number) => void;

/** Starts the training; `kill` may end it at any moment after its first line. Tells whether it was killed, and how it began and ended. */
async function runChild(outputs: string, recipe: Recipe, kill: Kill = () => undefined) {
  const node = ['--require', 'ts-node/register/transpile-only', join(__dirname, 'killed-fit.ts')];
  const words = [...node, outputs, String(EPOCHS), recipe];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  let [first, last, batches] = ['', '', 0];
  createInterface(child.stdout).on('line', (line) => {
    last = line;
    if (line === 'batch') batches += 1;
    if (first !== '') return;
    first = line;
    kill(
      () => void child.kill('SIGKILL'),
      () => batches,
    );
  });
  await once(child, 'close');
  return { killed: child.signalCode === 'SIGKILL', first, last };
}

/** The result of the training, continued to its end. */
async function resultIn(outputs: string, recipe: Recipe): Promise<Result> {
  return JSON.parse((await runChild(outputs, recipe)).last) as Result;
}

/** Kills the training in a new folder KILLS times, then lets it come to its end. */
async function killedResult(recipe: Recipe, kill: (outputs: string, kills: number, ...how: Parameters<Kill>) => void) {
  const outputs = await newFolder();
  const continued = new Set<string>();
  for (let kills = 0; kills < KILLS;) {
    const { killed, first } = await runChild(outputs, recipe, (...how) => kill(outputs, kills, ...how));
    if (killed) kills += 1;
    if (first.startsWith('Continues')) continued.add(first);
  }
  return { outputs, continued, result: await resultIn(outputs, recipe) };
}

/** Asks again and again until `due`, then ends the process. */
function endWhen(due: () => boolean, end: () => void): void {
  const timer = setInterval(() => {
    if (!due()) return;
    clearInterval(timer);
    end();
  }, 1);
  // A training that comes to its end before that is not killed.
  setTimeout(() => clearInterval(timer), 20_000).unref();
}

test(
  'killed ten times at random moments, a training comes to the result of one that never was',
  { skip: NO_EQUAL_BITS },
  async () => {
    const chance = random.seededRandom(1);
    const { continued, result } = await killedResult('article', (_outputs, _kills, end, batches) => {
      const [at, ms] = [1 + 9 * chance(), 15 * chance()];
      endWhen(
        () => batches() >= at,
        () => setTimeout(end, ms),
      );
    });
    assert.deepEqual(result, await resultIn(await newFolder(), 'article'));
    assert.ok(continued.size > 1, [...continued].join());
  },
);

test(
  'killed ten times while a state or a model is being written, it comes to the same result',
  { skip: NO_EQUAL_BITS },
  async () => {
    const chance = random.seededRandom(2);
    const { outputs, continued, result } = await killedResult('improved', (folder, kills, end, batches) => {
      const at = 9 * chance();
      const where = kills % 2 === 0 ? join(folder, 'training', 'state') : folder;
      // Files and folders that are being written begin with a point.
      const writing = (name: string): boolean => /^\.(state|model|[0-9a-f]{64})/.test(name);
      endWhen(() => batches() >= at && existsSync(where) && readdirSync(where).some(writing), end);
    });
    assert.deepEqual(result, await resultIn(await newFolder(), 'improved'));
    assert.ok(continued.size > 1, [...continued].join());
    assert.deepEqual(await readdir(join(outputs, 'training')), ['log.jsonl']);
  },
);
