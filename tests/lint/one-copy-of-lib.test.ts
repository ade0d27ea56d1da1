/** The lint rule that keeps tests and scripts from loading lib/ a second time. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultsOf } from './faults-of';

/** What the rule says of an import of `source` in a file that is there. */
const faults = (file: string, source: string): Promise<string[]> =>
  faultsOf('no-restricted-imports', file, `export * from '${source}';`);

test('tests and scripts must not import the sources of lib', async () => {
  const places = [
    ['tests/photos/decode.test.ts', '../../lib/photos/decode'],
    ['tests/dataset/sample-set/plan.test.ts', '../../../lib/dataset/sample-set'],
    ['scripts/data.ts', '../lib'],
  ];
  for (const [file, source] of places) {
    const [fault, ...more] = await faults(file, source);
    assert.match(fault, /a second copy of lib has an InputError and a state of its own/, file);
    assert.deepEqual(more, []);
  }
});

test('tests and scripts may import the compiled library and their own files', async () => {
  for (const source of ['celeba-lab', 'celeba-lab/dist/photos/decode', '../lint/setup', './write-photos'])
    assert.deepEqual(await faults('tests/photos/decode.test.ts', source), [], source);
});

test('tests and scripts must not import TensorFlow past the library', async () => {
  const [fault] = await faults('scripts/data.ts', '@tensorflow/tfjs-node-gpu');
  assert.match(fault, /it prepares TensorFlow first/);
});
