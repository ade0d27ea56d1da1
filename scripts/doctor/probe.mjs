/** Tries one part in a process of its own: probe.mjs NAME '[root, ...]' prints {"answer": ...} or {"fault": ...} as last line. */

import { Buffer } from 'node:buffer';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { performance } from 'node:perf_hooks';

const [name, json] = process.argv.slice(2);
const [root, ...args] = JSON.parse(json);
const require = createRequire(path.join(root, 'package.json'));
const SIZE = 512;
const REPEATS = 5;

const PROBES = {
  addon(file) {
    process.dlopen({ exports: {} }, file);
    return true;
  },

  async tensorflow() {
    const { tf } = lib('tensorflow/load.js');
    const { describeDevice, lineOf } = lib('tensorflow/index.js');
    const gigaflops = await timeProduct(tf);
    const device = describeDevice();
    return {
      version: tf.backend().binding.TF_Version,
      gigaflops,
      line: lineOf({ ...device, note: undefined }),
      note: device.note,
    };
  },

  async sharp() {
    const sharp = require('sharp');
    const photo = await sharp({ create: { width: 16, height: 8, channels: 3, background: '#c00' } })
      .jpeg()
      .toBuffer();
    const { data, info } = await sharp(photo).raw().toBuffer({ resolveWithObject: true });
    if (info.width !== 16 || info.height !== 8 || Math.abs(data[0] - 0xcc) > 4)
      throw new Error('a JPEG came back as another picture');
    return `${versionOf('sharp')} decodes a JPEG`;
  },

  swc() {
    // What every command's TypeScript is turned into JavaScript by, through ts-node.
    const { code } = require('@swc/core').transformSync('const a: number = 1;', {
      jsc: { parser: { syntax: 'typescript' } },
    });
    if (code.includes('number')) throw new Error('types stayed in the code');
    return `${versionOf('@swc/core')} compiles a line`;
  },

  polars() {
    const pl = require('nodejs-polars');
    const sum = pl
      .DataFrame({ a: [1, 2, 3] })
      .getColumn('a')
      .sum();
    if (sum !== 6) throw new Error(`1 + 2 + 3 came to ${sum}`);
    return `${versionOf('nodejs-polars')} adds up a column`;
  },

  async chart() {
    const values = [{ x: 1, y: 2 }];
    const encoding = { x: { field: 'x', type: 'quantitative' }, y: { field: 'y', type: 'quantitative' } };
    const png = await lib('plots/index.js').specToPng({ data: { values }, mark: 'point', encoding });
    if (Buffer.from(png).toString('latin1', 1, 4) !== 'PNG') throw new Error('no PNG came out');
    return `vega-lite ${versionOf('vega-lite')} draws a chart as PNG`;
  },

  outputs(folder) {
    lib('project/index.js').checkOutputsPlace(folder, root);
    return true;
  },

  async weights(file) {
    return (await lib('vgg16/weights.js').readImagenetWeights(file)).length;
  },

  async dataset(folder, attribute) {
    return (await lib('dataset/index.js').openDataset(folder, { attribute })).description;
  },
};

function versionOf(name) {
  return JSON.parse(fs.readFileSync(path.join(root, 'node_modules', name, 'package.json'), 'utf8')).version;
}

function lib(file) {
  return require(path.join(root, 'lib', 'dist', file));
}

/** Whole numbers of one digit: their products are exact in float32, whatever the order of the sums. */
async function timeProduct(tf) {
  const cells = (step) => Float32Array.from({ length: SIZE * SIZE }, (_, i) => ((i * step) % 7) - 3);
  const [left, right] = [cells(3), cells(5)];
  const [a, b] = [tf.tensor2d(left, [SIZE, SIZE]), tf.tensor2d(right, [SIZE, SIZE])];
  let fastestMs = Infinity;
  let product;
  for (let i = 0; i < REPEATS; i++) {
    const began = performance.now();
    product = await tf.matMul(a, b).data();
    fastestMs = Math.min(fastestMs, performance.now() - began);
  }
  for (const cell of [0, SIZE + 1, SIZE * SIZE - 1]) {
    const [row, column] = [Math.floor(cell / SIZE), cell % SIZE];
    let sum = 0;
    for (let k = 0; k < SIZE; k++) sum += left[row * SIZE + k] * right[k * SIZE + column];
    if (product[cell] !== sum) throw new Error(`a matrix product is wrong: ${product[cell]} instead of ${sum}`);
  }
  return (2 * SIZE ** 3) / fastestMs / 1e6;
}

/** An InputError keeps its parts; of any other, the first line. */
function faultOf(error) {
  const { where, found, expected, remedy } = error;
  const fault = remedy === undefined ? error.message.split('\n')[0] : `${where}: found ${found}, expected ${expected}`;
  return { fault, remedy };
}

try {
  console.log(JSON.stringify({ answer: await PROBES[name](...args) }));
} catch (error) {
  console.log(JSON.stringify(faultOf(error)));
}
