/** What an unfinished training depends on beside its settings: a change is noticed, and it begins anew. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { runState, training } from 'celeba-lab';
import { newFolder } from './new-folder';
import { STEPS_PER_EPOCH, trainResumably, type TrainingOptions } from './resumable-training';
import { Fault } from './training-faults';

const EPOCHS = 5;

/** A training that is cut off in its third epoch, or runs to its end, and what it says when it begins. */
async function train(outputs: string, cut: boolean, options: Partial<TrainingOptions> = {}): Promise<string[]> {
  const lines: string[] = [];
  const extra = [...(options.extra ?? []), new Fault(cut ? 3 : EPOCHS + 1)];
  const training = trainResumably({ ...options, outputs, epochs: EPOCHS, extra, print: (line) => lines.push(line) });
  if (cut) await assert.rejects(training, /a fault/);
  else await training;
  return lines;
}

test('another version of Node than the training began with is noticed', async () => {
  const outputs = await newFolder();
  await train(outputs, true);
  const store = new runState.RunStore(join(outputs, 'training', 'state'));
  const state = await store.read();
  assert.ok(state);
  const versions = { ...(state.facts.versions as object), node: 'v1.0.0' };
  await store.write({ ...state, facts: { ...state.facts, versions } });
  const [line] = await train(outputs, false);
  assert.match(
    line,
    /^Begins anew: an unfinished training \(2 epochs\) differs\. versions\.node was v1\.0\.0 and is v/,
  );
});

test('another decay of the averaged weights is noticed', async () => {
  const outputs = await newFolder();
  const averaged = (decay: number) => ({
    extra: [new training.AverageWeights({ stepsPerEpoch: STEPS_PER_EPOCH, decay })],
  });
  await train(outputs, true, averaged(0.9));
  await assert.rejects(
    train(outputs, false, averaged(0.5)),
    /found AverageWeights\.decay was 0\.9 and is 0\.5, expected those it began with/,
  );
});

test('another limit of the gradients is noticed', async () => {
  const outputs = await newFolder();
  const clipped = (clipNorm: number): Partial<TrainingOptions> => ({
    optimizer: ({ layers }) => new training.LayeredAdam([{ layers, learningRate: 0.01 }], { clipNorm }),
  });
  await train(outputs, true, clipped(1));
  const [line] = await train(outputs, false, clipped(2));
  assert.match(line, /differs\. model\.optimizer\.clipNorm was 1 and is 2\.$/);
});
