/** What a piece of work leaves behind. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tensorflow, tf } from 'celeba-lab';

test('memoryGrowth counts a tensor that is kept', async () => {
  const kept: tf.Tensor[] = [];
  const growth = await tensorflow.memoryGrowth(() => void kept.push(tf.ones([8])));
  assert.equal(growth.tensorCount, 1);
  assert.equal(growth.tensorBytes, 32);
  tf.dispose(kept);
});

test('memoryGrowth counts nothing where the work is tidy, asynchronous work included', async () => {
  const growth = await tensorflow.memoryGrowth(async () => {
    const x = tf.ones([8]);
    await x.data();
    x.dispose();
  });
  assert.equal(growth.tensorCount, 0);
  assert.equal(growth.tensorBytes, 0);
});

test('a training step repeated leaves no tensor and no growing process behind', async () => {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [256] })] });
  model.compile({ optimizer: 'adam', loss: 'meanSquaredError' });
  const [x, y] = [tf.ones([64, 256]), tf.ones([64, 1])];
  await model.trainOnBatch(x, y);
  const growth = await tensorflow.memoryGrowth(async () => {
    for (let step = 0; step < 200; step++) await model.trainOnBatch(x, y);
  });
  assert.equal(growth.tensorCount, 0);
  assert.ok(growth.residentBytes < 64 * 2 ** 20, `resident memory grew by ${growth.residentBytes} bytes`);
});
