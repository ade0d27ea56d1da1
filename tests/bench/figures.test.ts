/** The arithmetic of npm run bench. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { equality, finetuneFigures, median, ratiosOf, reckonSeconds } from '../../scripts/bench/figures';
import { hasBfloat16 } from '../../scripts/bench/machine';
import { measurements } from './measurements';

const PLAN = { batchSize: 10 };
const SIZE = { trainCount: 95, validationCount: 20 };

test('median takes the middle value, of an even number the mean of two, whatever their order', () => {
  assert.deepEqual([median([9, 1, 2]), median([4, 1, 9, 2])], [2, 3]);
});

test('a whole fine-tuning is reckoned from medians: six epochs, the last partial batches included, features once', () => {
  const ours = finetuneFigures(measurements().finetune.ours);
  // 10 training steps of 10 ms and 2 validation steps of 5 ms an epoch; 115 photos of 20 ms.
  assert.equal(reckonSeconds(ours, SIZE, PLAN, false), (6 * 110) / 1000);
  assert.equal(reckonSeconds(ours, SIZE, PLAN, true), (6 * 110 + 115 * 20) / 1000);
});

test('waits of tf.data are told beside the wall time and left out of medians', () => {
  const keras = finetuneFigures(measurements().finetune.keras);
  assert.deepEqual([keras.trainStepMs, keras.stalledSeconds, keras.wallSeconds], [100, 40, 40.25]);
});

test("ratios above 1 are ours; loading is compared with the faster of Keras's loaders", () => {
  const ratios = ratiosOf(measurements(), SIZE, PLAN);
  assert.equal(ratios.finetune_warm.toFixed(6), '10.000000');
  assert.equal(ratios.finetune_cold.toFixed(6), ((6 * 1100) / (6 * 110 + 115 * 20)).toFixed(6));
  assert.deepEqual([ratios.forward, ratios.loading, ratios.tail_step_over_convolutions], [1.25, 1.5, 1.1]);
});

test('forward_bfloat16 is null where it was not measured', () => {
  const measured = measurements();
  assert.equal(ratiosOf(measured, SIZE, PLAN).forward_bfloat16, null);
  measured.forward.ours[0].bfloat16Ms = 50;
  assert.equal(ratiosOf(measured, SIZE, PLAN).forward_bfloat16, 2);
});

test('equality tells features that agree from pixels that differ', () => {
  assert.deepEqual(equality(measurements()), { features: true, pixels: false });
});

test('bfloat16 is found by the flags of the CPU', () => {
  assert.equal(hasBfloat16('model name\t: X\nflags\t\t: fpu avx512f amx_bf16 sha_ni\n'), true);
  assert.equal(hasBfloat16('flags\t\t: fpu avx2 avx512f\nbugs\t: avx512_bf16\n'), false);
});
