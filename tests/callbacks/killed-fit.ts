/** A process that runs the small resumable training to its end and prints its result; run and killed by killed-fit.test.ts. */

import { tf } from 'celeba-lab';
import { trainResumably } from './resumable-training';

/** Tells the parent process how far it is. */
class Beat extends tf.Callback {
  override async onBatchEnd(): Promise<void> {
    console.log('batch');
  }
}

async function main(): Promise<void> {
  const [outputs, epochs] = process.argv.slice(2);
  const print = (line: string): void => console.log(line);
  const result = await trainResumably({ outputs, epochs: Number(epochs), extra: [new Beat()], print });
  console.log(JSON.stringify(result));
}

void main();
