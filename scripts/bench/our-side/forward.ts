/** The frozen layers on one batch of photos, as extraction and prediction run them. */

import { createHash } from 'node:crypto';
import { native, photos, tf } from 'celeba-lab';
import { computesInBfloat16 } from '../machine';
import type { ForwardTurn, TaskOf } from '../messages';
import { pause, Stopwatch } from '../turns';
import type { Network } from './network';

/** Calls the graph once a turn; in bfloat16 too where the CPU computes in it. */
export async function forward({ trunk }: Network, { plan, photos: given }: TaskOf<string>): Promise<ForwardTurn> {
  const format = photos.ARTICLE_FORMAT;
  const files = given.train.slice(0, plan.forwardBatch).map(({ file }) => file);
  const pixels = await Promise.all(files.map((file) => photos.preparePhoto(file, format)));
  const batch = tf.tidy(() => tf.stack(pixels.map((values) => tf.tensor3d(values, [format.height, format.width, 3]))));
  const whole = await native.nativePredictor(trunk);
  const half = computesInBfloat16() ? await native.nativePredictor(trunk, 'bfloat16') : undefined;
  const measure = async (): Promise<ForwardTurn> => {
    const { values, ms } = await timed(whole, batch);
    const sha256 = createHash('sha256').update(Buffer.from(values.buffer)).digest('hex');
    if (half === undefined) return { ms, sha256 };
    const other = await timed(half, batch);
    return { ms, sha256, bfloat16Ms: other.ms, bfloat16Error: meanError(other.values, values) };
  };
  await measure();
  for (let round = 1; round < plan.forwardRounds; round++) await pause(await measure());
  const last = await measure();
  whole.dispose();
  half?.dispose();
  batch.dispose();
  return last;
}

async function timed(predictor: native.Predictor, batch: tf.Tensor): Promise<{ values: Float32Array; ms: number }> {
  const watch = new Stopwatch();
  const output = predictor.predictOnBatch(batch);
  const values = (await output.data()) as Float32Array;
  const ms = watch.lap();
  output.dispose();
  return { values, ms };
}

function meanError(found: Float32Array, expected: Float32Array): number {
  let [apart, size] = [0, 0];
  found.forEach((value, i) => {
    apart += Math.abs(value - expected[i]);
    size += Math.abs(expected[i]);
  });
  return apart / size;
}
