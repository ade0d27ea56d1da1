import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { callbacks } from 'celeba-lab';
import type { Outcome } from './interrupted-fit';
import { tinyBatches, tinyModel } from './tiny-training';

interface ProcessReport {
  outcomes: Outcome[];
  listenersKept: boolean;
  kernelSignals: string[];
}

/** Signals go to a process of their own: the test runner listens to them too. */
async function interruptedProcess(scenario: 'once' | 'twice' | 'hanging', points: number[]): Promise<ProcessReport> {
  const script = join(__dirname, 'interrupted-fit.ts');
  const args = ['--require', 'ts-node/register/transpile-only', script, scenario, ...points.map(String)];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 120_000 });
  return JSON.parse(stdout.trim().split('\n').at(-1)!) as ProcessReport;
}

// Batches 1 to 6 train the first epoch, 7 to 10 validate it, and so on to the 40th: 20 of them, drawn once.
const POINTS = [1, 2, 5, 6, 7, 8, 10, 11, 13, 16, 17, 19, 20, 22, 26, 29, 33, 36, 38, 40];

test('a signal at any of 20 points ends training within two batches, best weights restored', async () => {
  const { outcomes, listenersKept, kernelSignals } = await interruptedProcess('once', POINTS);
  assert.equal(outcomes.length, 20);
  for (const outcome of outcomes) {
    const { point, error, batchesAfter, bestRestored, batchesBehind, historyLengths, wholeEpochs, lines } = outcome;
    assert.equal(error, undefined, `point ${point}`);
    assert.ok(batchesAfter <= 2, `point ${point}: ${batchesAfter} batches after the signal`);
    assert.ok(bestRestored, `point ${point}: other weights`);
    assert.equal(batchesBehind, 0, `point ${point}`);
    assert.deepEqual([...new Set(historyLengths)], [wholeEpochs], `point ${point}`);
    assert.equal(historyLengths.length, 7, `point ${point}: epoch and six logs`);
    assert.match(
      lines.join('\n'),
      /^Stopped by the user (in epoch \d, batch \d|after epoch \d); [^\n]+\.$/,
      `point ${point}`,
    );
  }
  assert.ok(listenersKept);
  assert.deepEqual(kernelSignals, []);
});

test('the message tells where training was stopped and which weights are in the model', async () => {
  const { outcomes } = await interruptedProcess('once', [3, 14]);
  assert.deepEqual(outcomes[0].lines, [
    'Stopped by the user in epoch 1, batch 3; no epoch was complete, so the weights stay as they are.',
  ]);
  assert.match(
    outcomes[1].lines[0],
    /^Stopped by the user in epoch 2, batch 4; the best weights \(epoch 1, val_loss \d\.\d{5}\) are restored\.$/,
  );
});

test('a second signal ends training with an error and leaves nothing running', async () => {
  const { outcomes, listenersKept } = await interruptedProcess('twice', [3, 5]);
  for (const { error, batchesAfter, batchesBehind } of outcomes) {
    assert.deepEqual(
      { error, batchesAfter, batchesBehind },
      { error: 'StoppedAtOnce', batchesAfter: 0, batchesBehind: 0 },
    );
  }
  assert.ok(listenersKept);
});

test('a second signal ends the call even where a callback never returns', async () => {
  const { outcomes, listenersKept } = await interruptedProcess('hanging', [3]);
  assert.equal(outcomes[0].error, 'StoppedAtOnce');
  assert.ok(listenersKept);
});

test('without a signal, interruptible returns the history of all epochs and prints nothing', async () => {
  const lines: string[] = [];
  const run = (interrupt: callbacks.Interrupt) =>
    tinyModel().fitDataset(tinyBatches(2), { epochs: 3, verbose: 0, callbacks: [interrupt] });
  const history = await callbacks.interruptible(run, { print: (line) => lines.push(line) });
  assert.equal(history.history.loss.length, 3);
  assert.deepEqual(lines, []);
});

test('an error inside the run comes out, and the listeners are put back', async () => {
  const before = process.listeners('SIGINT');
  await assert.rejects(
    callbacks.interruptible(() => Promise.reject(new Error('no memory'))),
    /no memory/,
  );
  assert.deepEqual(process.listeners('SIGINT'), before);
});
