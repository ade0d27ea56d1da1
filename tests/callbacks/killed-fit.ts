/** A process that runs the small resumable training to its end and prints its result; run and killed by killed-fit.test.ts. */

import { tf, training } from 'celeba-lab';
import { layeredRates, STEPS_PER_EPOCH, trainResumably } from './resumable-training';

/** Tells the parent process how far it is. */
class Beat extends tf.Callback {
  override async onBatchEnd(): Promise<void> {
    console.log('batch');
  }
}

async function main(): Promise<void> {
  const [outputs, epochs, recipe] = process.argv.slice(2);
  const extra: tf.Callback[] = [new Beat()];
  let optimizer: ReturnType<typeof layeredRates> | undefined;
  if (recipe === 'improved') {
    extra.push(new training.AverageWeights({ stepsPerEpoch: STEPS_PER_EPOCH, decay: 0.9 }));
    optimizer = layeredRates([1e-2, 1e-3], extra);
  }
  const print = (line: string): void => console.log(line);
  const result = await trainResumably({ outputs, epochs: Number(epochs), optimizer, extra, print });
  console.log(JSON.stringify(result));
}

void main();
