/** VGG16's weights out of the official Keras file (HDF5). */

import { basename } from 'node:path';
import { InputError } from '../../errors';
import { VGG16_CONVOLUTIONS, type ConvolutionWeights } from '../weights';

/** The official file, without the dense layers; keras.applications names the same address and checksum. */
export const KERAS_WEIGHTS = {
  url: 'https://storage.googleapis.com/tensorflow/keras-applications/vgg16/vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5',
  sizeBytes: 58889256,
  md5: '6d6bbae143d832006294945121d1f1fc',
} as const;

/** What is used of an HDF5 file; h5wasm's own types can't be named here, as it is an ES module. */
interface Hdf5 {
  get(path: string): object | null;
}

/**
 * Reads the 13 convolutions from a file in the official one's layout: a group for each layer, `<layer>/<layer>_W_1:0`
 * and `<layer>/<layer>_b_1:0` in it.
 * @param file path of the .h5 file
 * @returns    from the photo inwards
 * @throws     InputError where a dataset is missing or has another shape or type
 */
export async function readKerasFile(file: string): Promise<ConvolutionWeights[]> {
  const { File, ready } = await import('h5wasm/node');
  await ready;
  const h5 = new File(file, 'r');
  try {
    return VGG16_CONVOLUTIONS.map(([layer, channelsIn, channelsOut]) => ({
      layer,
      kernelShape: [3, 3, channelsIn, channelsOut],
      kernel: readFloats(h5, file, `${layer}/${layer}_W_1:0`, [3, 3, channelsIn, channelsOut]),
      bias: readFloats(h5, file, `${layer}/${layer}_b_1:0`, [channelsOut]),
    }));
  } finally {
    h5.close();
  }
}

function readFloats(h5: Hdf5, file: string, path: string, shape: number[]): Float32Array {
  const { value, shape: found } = (h5.get(path) ?? {}) as { value?: unknown; shape?: number[] };
  if (value instanceof Float32Array && found?.join() === shape.join()) return value;
  throw new InputError({
    where: `${basename(file)}, ${path}`,
    found: found === undefined ? 'nothing' : `values of shape [${found.join(', ')}]`,
    expected: `float32 values of shape [${shape.join(', ')}]`,
    remedy: 'Delete it and run npm run setup',
  });
}
