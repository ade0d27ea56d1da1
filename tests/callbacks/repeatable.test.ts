/** The same seed twice gives the same training, and a long training needs no more than a short one. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { tf } from 'celeba-lab';
import { NO_EQUAL_BITS } from '../tensorflow/gpu';
import { trainResumably, type Result } from './resumable-training';

const EPOCHS = 3;
const root = mkdtemp(join(tmpdir(), 'repeatable-'));
after(async () => rm(await root, { recursive: true }));

async function inNewProcess(outputs: string): Promise<Result> {
  const script = join(__dirname, 'killed-fit.ts');
  const words = ['--require', 'ts-node/register/transpile-only', script, outputs, String(EPOCHS)];
  const { stdout } = await promisify(execFile)(process.execPath, words);
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Result;
}

test(
  'the same seed gives the same losses and weights twice in a row and in another process',
  { skip: NO_EQUAL_BITS },
  async () => {
    const folder = await root;
    const first = await trainResumably({ outputs: join(folder, 'a'), epochs: EPOCHS });
    assert.deepEqual(await trainResumably({ outputs: join(folder, 'b'), epochs: EPOCHS }), first);
    assert.deepEqual(await inNewProcess(join(folder, 'c')), first);
    const other = await trainResumably({ outputs: join(folder, 'd'), epochs: EPOCHS, seed: 2 });
    assert.notDeepEqual(other.history.loss, first.history.loss);
  },
);

/** Notes what the process holds when an epoch begins. */
class Holdings extends tf.Callback {
  readonly tensors: number[] = [];
  readonly tensorBytes: number[] = [];
  readonly openFiles: number[] = [];
  readonly residentBytes: number[] = [];

  override async onEpochBegin(): Promise<void> {
    this.tensors.push(tf.memory().numTensors);
    this.tensorBytes.push(tf.memory().numBytes);
    this.residentBytes.push(process.memoryUsage.rss());
    this.openFiles.push(existsSync('/proc/self/fd') ? readdirSync('/proc/self/fd').length : 0);
  }
}

test('tensors, their bytes and open files are flat from the second epoch on, and memory grows by less than 30 MB', async () => {
  const holdings = new Holdings();
  await trainResumably({ outputs: join(await root, 'flat'), epochs: 30, extra: [holdings] });
  for (const figures of [holdings.tensors, holdings.tensorBytes, holdings.openFiles]) {
    const later = figures.slice(2);
    assert.deepEqual(
      later,
      later.map(() => figures[2]),
    );
  }
  const { residentBytes } = holdings;
  // The first epochs fill caches: what counts is growth after them.
  const growth = (residentBytes.at(-1) ?? 0) - residentBytes[10];
  assert.ok(growth < 30 * 2 ** 20, `${growth} bytes in 19 epochs`);
});
