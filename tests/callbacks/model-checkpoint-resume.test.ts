import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { tf } from 'celeba-lab';
import { temporaryFolder } from '../photos/write-photos';
import { trainResumably } from './resumable-training';

// The best epoch is the second one.
const LOSSES = [0.5, 0.2, 0.4, 0.6, 0.7];

/** Validation losses by script, and a fault in the middle of an epoch. */
class Script extends tf.Callback {
  constructor(private readonly faultIn: number) {
    super();
  }

  override async onBatchBegin(batch: number): Promise<void> {
    if (this.model.history.epoch.length + 1 === this.faultIn && batch === 2) throw new Error('a fault');
  }

  override async onEpochEnd(epoch: number, logs: Record<string, number | tf.Scalar> = {}): Promise<void> {
    tf.dispose(logs.val_loss);
    logs.val_loss = LOSSES[epoch];
  }
}

test('ModelCheckpoint writes the best model again from the state where the best epoch lay before the cut', async (t) => {
  const train = (outputs: string, faultIn: number) =>
    trainResumably({ outputs, epochs: LOSSES.length, extra: [new Script(faultIn)] });
  const whole = await train(temporaryFolder(t), LOSSES.length + 1);
  assert.equal(whole.bestEpoch, 2);
  const outputs = temporaryFolder(t);
  await assert.rejects(train(outputs, 5), /a fault/);
  await rm(join(outputs, 'model'), { recursive: true });
  assert.deepEqual(await train(outputs, LOSSES.length + 1), whole);
});
