/** `fit` called again in the same process, as by a notebook's cell that is run again. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tf, training } from 'celeba-lab';
import { newFolder } from './new-folder';
import { layeredRates, STEPS_PER_EPOCH, trainResumably, type Result, type TrainingOptions } from './resumable-training';
import { Fault, LateFault, Once, StopAtEnd } from './training-faults';

const EPOCHS = 5;

const whole: Promise<Result> = (async () => trainResumably({ outputs: await newFolder(), epochs: EPOCHS }))();

test('fit that was ended by a fault or by the stop button goes on when it is called again in the same process', async () => {
  const fault = () => {
    throw new Error('a fault');
  };
  const stop = () => void process.kill(process.pid, 'SIGINT');
  for (const action of [fault, stop]) {
    // Within its first epoch: from the first weights.
    for (const epoch of [4, 1]) {
      const options = { outputs: await newFolder(), epochs: EPOCHS, extra: [new Once(epoch, action)], fits: 2 };
      assert.deepEqual(await trainResumably(options), await whole);
    }
  }
});

test('fit that came to its end begins with the first weights when it is called again in the same process', async () => {
  assert.deepEqual(await trainResumably({ outputs: await newFolder(), epochs: EPOCHS, fits: 2 }), await whole);
  const outputs = await newFolder();
  await assert.rejects(trainResumably({ outputs, epochs: EPOCHS, extra: [new Fault(3)] }), /a fault/);
  // The first of these calls goes on with epoch 3; a fault beyond the last epoch never comes.
  const extra = [new Fault(EPOCHS + 1)];
  assert.deepEqual(await trainResumably({ outputs, epochs: EPOCHS, extra, fits: 3 }), await whole);
});

test('fit after early stopping, called again, stops at the same epoch with the same model', async () => {
  const train = async (fits: number) => trainResumably({ outputs: await newFolder(), epochs: 40, patience: 1, fits });
  const stopped = await train(1);
  assert.ok(stopped.rows.length > 2 && stopped.rows.length < 40);
  assert.deepEqual(await train(2), stopped);
});

test('fit that failed at the very end of an epoch runs it again, and logs it once', async () => {
  const late = [new LateFault(3)];
  assert.deepEqual(await trainResumably({ outputs: await newFolder(), epochs: EPOCHS, late, fits: 2 }), await whole);
});

test('groups of learning rates go on when fit is called again after the stop button', async () => {
  const train = async (extra: tf.Callback[], fits: number) => {
    const optimizer = layeredRates([1e-3, 3e-4], extra);
    return trainResumably({ outputs: await newFolder(), epochs: EPOCHS, optimizer, extra, fits });
  };
  const stop = () => void process.kill(process.pid, 'SIGINT');
  assert.deepEqual(await train([new Once(3, stop)], 2), await train([], 1));
});

test('groups of learning rates, their schedule and averaged weights go back to the beginning when fit is called again', async () => {
  const train = async (fits: number) => {
    const extra: tf.Callback[] = [new training.AverageWeights({ stepsPerEpoch: STEPS_PER_EPOCH, decay: 0.9 })];
    const optimizer = layeredRates([1e-2, 1e-3], extra);
    return trainResumably({ outputs: await newFolder(), epochs: EPOCHS, optimizer, extra, fits });
  };
  assert.deepEqual(await train(2), await train(1));
});

test('a training called again and again holds no more tensors than after its first time', async () => {
  const held: number[] = [];
  const note = new tf.CustomCallback({ onEpochBegin: async () => void held.push(tf.memory().numTensors) });
  const extra = [note as unknown as tf.Callback];
  await trainResumably({ outputs: await newFolder(), epochs: 2, fits: 4, extra });
  // Of each fit the second epoch, when the optimizer has its moments.
  assert.deepEqual([held[3], held[5], held[7]], [held[1], held[1], held[1]]);
});

test('a stop in the epoch that early stopping made the last is no reason for another one', async () => {
  const train = async (options: Partial<TrainingOptions>) =>
    trainResumably({ outputs: await newFolder(), epochs: 40, patience: 1, ...options });
  const stopped = await train({});
  const last = stopped.rows.length;
  // Before early stopping has judged the epoch, and after it.
  for (const where of ['extra', 'late'])
    assert.deepEqual(await train({ [where]: [new StopAtEnd(last)], fits: 2 }), stopped, where);
});

test('a stop at the end of an epoch that is not the last ends training there, and fit goes on behind it', async () => {
  const lines: string[] = [];
  const print = (line: string) => lines.push(line);
  const late = [new StopAtEnd(3)];
  assert.deepEqual(
    await trainResumably({ outputs: await newFolder(), epochs: EPOCHS, late, fits: 2, print }),
    await whole,
  );
  assert.match(lines[1], /^Stopped by the user after epoch 3; the best weights/);
  assert.equal(lines[2], 'Run again, it continues after epoch 3; with RESUME=0 it begins anew.');
});
