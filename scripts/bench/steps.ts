/** npm run bench -- --steps: train steps called as one operation, and operation by operation, in turns. */

import { performance } from 'node:perf_hooks';
import { tensorflow, tf } from 'celeba-lab';
import { median } from './figures';
import { buildNetwork, compileTail } from './our-side/network';
import { randomBatch } from './our-side/random-batch';
import type { BenchPlan } from './plan';

const ROUNDS = 3;
// The first ones of a round record the operations and make the graph.
const WARM_UP = 4;

/** Medians of milliseconds a step, end to end. */
export interface StepTimes {
  opByOpMs: number;
  asOneMs: number;
  /** Times as many steps in the same time. */
  ratio: number;
}

/** Trains the article's free layers on random features. */
export async function measureSteps({ batchSize, tailRounds }: BenchPlan): Promise<StepTimes> {
  const classCount = 2;
  const tail = compileTail(await buildNetwork(classCount));
  function* batches() {
    for (let step = 0; step < WARM_UP + tailRounds; step++)
      yield randomBatch(tail, { batchSize, classCount, seed: 1 + step });
  }
  const dataset = tf.data.generator(batches);
  const times = { opByOp: [] as number[], asOne: [] as number[] };
  try {
    for (let round = 0; round < ROUNDS; round++) {
      for (const way of ['opByOp', 'asOne'] as const) {
        tensorflow.runEagerly(way === 'opByOp');
        times[way].push(...(await timeSteps(tail, dataset)).slice(WARM_UP));
      }
    }
  } finally {
    tensorflow.runEagerly(undefined);
  }
  const [opByOpMs, asOneMs] = [median(times.opByOp), median(times.asOne)];
  return { opByOpMs, asOneMs, ratio: opByOpMs / asOneMs };
}

/** From batch begin, once the features are drawn, to the loss read. */
async function timeSteps(tail: tf.LayersModel, dataset: tf.data.Dataset<tf.TensorContainer>): Promise<number[]> {
  const times: number[] = [];
  let began = 0;
  const watch = new tf.CustomCallback({
    onBatchBegin: async () => void (began = performance.now()),
    onBatchEnd: async () => void times.push(performance.now() - began),
  });
  await tail.fitDataset(dataset, { epochs: 1, verbose: 0, callbacks: watch });
  return times;
}
