import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tf, vgg16 } from 'celeba-lab';

function model(): tf.Sequential {
  const bias = { useBias: true, biasInitializer: tf.initializers.constant({ value: 0.5 }) };
  return tf.sequential({
    layers: [
      tf.layers.conv2d({
        name: 'look',
        filters: 3,
        kernelSize: 1,
        inputShape: [2, 4, 3],
        kernelInitializer: 'ones',
        ...bias,
      }),
      tf.layers.globalAveragePooling2d({ name: 'pool' }),
    ],
  });
}

test("featureMaps gives the first filters' outputs row by row and leaves no tensor", async () => {
  const network = model();
  const photo = tf.range(0, 24).reshape<tf.Tensor4D>([1, 2, 4, 3]);
  const before = tf.memory().numTensors;
  const maps = await vgg16.featureMaps(network, 'look', photo, 2);
  assert.equal(tf.memory().numTensors, before);
  assert.deepEqual(
    maps.map(({ name, height, width }) => [name, height, width]),
    [
      ['look #0', 2, 4],
      ['look #1', 2, 4],
    ],
  );
  assert.deepEqual(Array.from(maps[1].values), [3.5, 12.5, 21.5, 30.5, 39.5, 48.5, 57.5, 66.5]);
});

test('featureMaps refuses a layer whose output is no picture', async () => {
  const words = /^InputError: layer pool: found an output of shape \[null, 3\], expected feature maps/;
  await assert.rejects(vgg16.featureMaps(model(), 'pool', tf.zeros([1, 2, 4, 3]), 2), words);
});

test('featureMaps asked for more filters than there are gives all of them', async () => {
  const maps = await vgg16.featureMaps(model(), 'look', tf.zeros([1, 2, 4, 3]), 9);
  assert.deepEqual(
    maps.map(({ name, values }) => [name, values.length]),
    ['look #0', 'look #1', 'look #2'].map((name) => [name, 8]),
  );
});

test('featureMaps names the layers there are where it is asked for another', async () => {
  const words = /^InputError: layer block9: found no layer of that name, expected one of .*look, pool/;
  await assert.rejects(vgg16.featureMaps(model(), 'block9', tf.zeros([1, 2, 4, 3]), 2), words);
});
