/** VGG16's ImageNet weights on disk: 26 tensors in one file of plain float32, proven by one checksum. */

import { readFile } from 'node:fs/promises';
import { InputError } from '../errors';
import { sha256Of } from '../files/checksum';
import { projectPath } from '../project/paths';

/** Kernel and bias of one convolution. */
export interface ConvolutionWeights {
  /** Keras's layer name, such as `block1_conv1`. */
  layer: string;
  /** [height, width, channels in, channels out], such as [3, 3, 3, 64]. */
  kernelShape: [number, number, number, number];
  /** The kernel's values, row by row in the order of its shape. */
  kernel: Float32Array;
  /** One value for each channel out. */
  bias: Float32Array;
}

/** Where the weights are kept: data/weights/vgg16-imagenet.bin, absolute. */
export const IMAGENET_WEIGHTS_FILE = projectPath('data', 'weights', 'vgg16-imagenet.bin');

/** SHA-256 over the 26 tensors: layer by layer, kernel then bias, float32 little-endian. It is the file's own, too. */
export const IMAGENET_CHECKSUM = 'd9a27cc1fc7f975ef8cff49180e794ccd7c4bc868ebb49740803b3bbaa8dbefd';

/** Size of the weights' file: 14,714,688 values of 4 bytes. */
const IMAGENET_SIZE_BYTES = 58858752;

/** Who made the weights and on what terms; shown wherever they are fetched or used. */
export const IMAGENET_CREDIT =
  'VGG16 weights: Visual Geometry Group, University of Oxford (K. Simonyan and A. Zisserman, arXiv:1409.1556), CC BY 4.0';

/** The 13 convolutions from the photo inwards: layer name, channels in, channels out; each kernel is 3 x 3. */
export const VGG16_CONVOLUTIONS: ReadonlyArray<readonly [layer: string, channelsIn: number, channelsOut: number]> = [
  ['block1_conv1', 3, 64],
  ['block1_conv2', 64, 64],
  ['block2_conv1', 64, 128],
  ['block2_conv2', 128, 128],
  ['block3_conv1', 128, 256],
  ['block3_conv2', 256, 256],
  ['block3_conv3', 256, 256],
  ['block4_conv1', 256, 512],
  ['block4_conv2', 512, 512],
  ['block4_conv3', 512, 512],
  ['block5_conv1', 512, 512],
  ['block5_conv2', 512, 512],
  ['block5_conv3', 512, 512],
];

/**
 * Reads the weights and proves them by their checksum (0.1 s).
 * @param file as written by `npm run setup`; default data/weights/vgg16-imagenet.bin
 * @returns    the 13 convolutions, from the photo inwards
 * @throws     InputError where the file is missing, cut short or altered
 * @example    (await readImagenetWeights())[0].bias[0] // 0.7342983484268188
 */
export async function readImagenetWeights(file: string = IMAGENET_WEIGHTS_FILE): Promise<ConvolutionWeights[]> {
  const bytes = await readWeightsFile(file);
  const found = sha256Of(bytes);
  if (bytes.length === IMAGENET_SIZE_BYTES && found === IMAGENET_CHECKSUM) return cutIntoTensors(bytes);
  throw new InputError({
    where: file,
    found: bytes.length === IMAGENET_SIZE_BYTES ? `checksum ${found}` : `${bytes.length} bytes`,
    expected: bytes.length === IMAGENET_SIZE_BYTES ? IMAGENET_CHECKSUM : `${IMAGENET_SIZE_BYTES} bytes`,
    remedy: 'Delete it and run npm run setup',
  });
}

/**
 * The bytes that `readImagenetWeights` reads; the checksum is theirs.
 * @param convolutions all 13, from the photo inwards
 * @returns            58,858,752 bytes
 */
export function joinTensors(convolutions: readonly ConvolutionWeights[]): Uint8Array {
  const tensors = convolutions.flatMap(({ kernel, bias }) => [kernel, bias]);
  return Buffer.concat(
    tensors.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)),
  );
}

async function readWeightsFile(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new InputError({ where: file, found: 'no file', expected: "VGG16's weights", remedy: 'Run npm run setup' });
  }
}

function cutIntoTensors(bytes: Buffer): ConvolutionWeights[] {
  let offset = bytes.byteOffset;
  const next = (length: number): Float32Array => {
    const tensor = new Float32Array(bytes.buffer, offset, length);
    offset += tensor.byteLength;
    return tensor;
  };
  return VGG16_CONVOLUTIONS.map(([layer, channelsIn, channelsOut]) => ({
    layer,
    kernelShape: [3, 3, channelsIn, channelsOut],
    kernel: next(9 * channelsIn * channelsOut),
    bias: next(channelsOut),
  }));
}
