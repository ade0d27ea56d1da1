/** The lint rules that hold lib/ to its import order and to single importers. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultsOf } from './faults-of';

const RULE = 'project/import-direction';

/** What the rule says of one line in a file of lib/. */
const faults = (file: string, code: string): Promise<string[]> => faultsOf(RULE, `lib/${file}`, code);

test('lib may import what comes before it', async () => {
  assert.deepEqual(await faults('photos/decode.ts', "import { tf } from '../tensorflow/load';"), []);
});

test('lib must not import what comes after it', async () => {
  assert.deepEqual(await faults('dataset/open.ts', "import { chart } from '../show';"), [
    'dataset must not import show.',
  ]);
});

test('the data set and TensorFlow do not know each other', async () => {
  assert.deepEqual(await faults('dataset/open.ts', "import { tf } from '../tensorflow/load';"), [
    'dataset must not import tensorflow.',
  ]);
});

test('an import inside a folder is free', async () => {
  assert.deepEqual(await faults('dataset/sample-set/person.ts', "export * from '../types';"), []);
});

test('sharp is imported by photos and not by the evaluation', async () => {
  assert.deepEqual(await faults('photos/decode.ts', "import sharp from 'sharp';"), []);
  assert.equal((await faults('evaluation/predict-photos.ts', "const sharp = await import('sharp');")).length, 1);
});

test('only tensorflow/load.ts imports the addon, also as a type', async () => {
  assert.equal(
    (await faults('model/index.ts', "export type T = import('@tensorflow/tfjs-node-gpu').Tensor;")).length,
    1,
  );
});
