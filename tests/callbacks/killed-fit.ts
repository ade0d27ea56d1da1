/** A process that runs the small resumable training to its end and prints its result; run and killed by killed-fit.test.ts. */

import { trainResumably } from './resumable-training';

async function main(): Promise<void> {
  const [outputs, epochs] = process.argv.slice(2);
  // Tells that the training itself has begun: most of a process's life is the loading of TensorFlow.
  const result = await trainResumably({ outputs, epochs: Number(epochs), print: (line) => console.log(line) });
  console.log(JSON.stringify(result));
}

void main();
