/** Photos and first weights that follow from integer formulas; keras_numbers.py computes the same ones. */

import { tf } from 'celeba-lab';

const MEANS_RGB = [123.68, 116.779, 103.939];

/** `count` photos as the network expects them, BGR minus means: [count, height, width, 3]. */
export function formulaPhotos(count: number, [height, width]: readonly number[]): tf.Tensor4D {
  const values = new Float32Array(count * height * width * 3);
  let next = 0;
  for (let index = 0; index < count; index++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        for (const channel of [2, 1, 0]) values[next++] = color(index, x, y, channel) - MEANS_RGB[channel];
      }
    }
  }
  return tf.tensor4d(values, [count, height, width, 3]);
}

/** 0 or 1 in turn, as one-hot rows [count, 2]. */
export function formulaLabels(count: number): tf.Tensor2D {
  return tf.tensor2d(Array.from({ length: count }, (_, index) => (index % 2 === 0 ? [1, 0] : [0, 1])));
}

/** The article's head on top of VGG16, with first weights from a formula; Keras's glorot limits. */
export function withFormulaHead(vgg16: tf.LayersModel): tf.Sequential {
  const dense = tf.layers.dense({ units: 128, activation: 'relu' });
  const classes = tf.layers.dense({ units: 2, activation: 'sigmoid' });
  const model = tf.sequential({ layers: [vgg16, dense, tf.layers.batchNormalization(), classes] });
  tf.tidy(() => {
    dense.setWeights([tf.tensor2d(uniform(512 * 128, Math.sqrt(6 / 640)), [512, 128]), tf.zeros([128])]);
    classes.setWeights([tf.tensor2d(uniform(128 * 2, Math.sqrt(6 / 130)), [128, 2]), tf.zeros([2])]);
  });
  return model;
}

function color(index: number, x: number, y: number, channel: number): number {
  const checks = ((Math.floor(x / 16) + Math.floor(y / 16) + index) % 2) * 90;
  const waves = Math.floor((x * y) / 32) % 64;
  return (x * (2 + (index % 4)) + y * (channel + 1) + checks + waves + index * 29) % 256;
}

/** Values in [-limit, limit), well mixed, from their index alone. */
function uniform(count: number, limit: number): Float32Array {
  return Float32Array.from({ length: count }, (_, index) => {
    let hashed = Math.imul(index + 1, 2654435761);
    hashed = Math.imul(hashed ^ (hashed >>> 15), 2246822519);
    hashed = (hashed ^ (hashed >>> 13)) >>> 0;
    return ((hashed / 2 ** 32) * 2 - 1) * limit;
  });
}
