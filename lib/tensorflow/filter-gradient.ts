/** The gradient of a convolution's filter as a product of matrices, which is faster where the CPU lacks AVX-512. */

import { readCpuInfo } from './cpu-info';
import type { tf as tfjs } from './load';
import type { NodeBackend } from './native-variable';

type Tf = typeof tfjs;

/** What the gradient of a filter is computed from that moves by one pixel. */
export interface FilterGradientInputs {
  /** What went into the convolution: [photos, height, width, channels]. */
  x: tfjs.Tensor4D;
  /** The gradient of its output: [photos, height, width, filters]. */
  dy: tfjs.Tensor4D;
  /** Height, width, channels, filters. */
  filterShape: [number, number, number, number];
  pad: 'same' | 'valid';
}

/** As TensorFlow.js calls the kernel. */
type Given = Omit<FilterGradientInputs, 'pad'> & {
  pad: unknown;
  strides: number | [number, number];
  dataFormat: string;
};

const KERNEL = 'Conv2DBackpropFilter';
// Of 256 channels and more, on a CPU with AVX2: 1.1 to 1.6 times as fast; of fewer nothing was measured.
const LEAST_CHANNELS = 256;
// Each input value is copied once for each place of the filter that it meets.
const MOST_COPIED_BYTES = 64e6;

/**
 * Puts `filterGradient` under the gradients of convolutions that it is faster for: on a CPU without AVX-512, of many channels
 * on small maps. Elsewhere TensorFlow's own operation stays.
 * @param tf the loaded package
 */
export function installFilterGradient(tf: Tf): void {
  if (tf.getBackend() !== 'tensorflow' || (tf.backend() as unknown as NodeBackend).isUsingGpuDevice) return;
  if (!lacksAvx512(readCpuInfo())) return;
  const kernel = tf.getKernel(KERNEL, 'tensorflow');
  tf.unregisterKernel(KERNEL, 'tensorflow');
  tf.registerKernel({
    ...kernel,
    kernelFunc: (call) => {
      const given = { ...call.inputs, ...call.attrs } as unknown as Given;
      return isFasterAsProduct(given) ? filterGradient(tf, given) : kernel.kernelFunc(call);
    },
  });
}

/**
 * Whether this is a CPU for PCs and servers that computes with AVX2 at most.
 * @param cpuinfo from `readCpuInfo`; of an empty text, as on other systems than Linux, nothing was measured
 */
export function lacksAvx512(cpuinfo: string): boolean {
  const flags = /^flags\s*:(.*)$/m.exec(cpuinfo)?.[1].split(' ') ?? [];
  return flags.includes('avx2') && !flags.includes('avx512f');
}

function isFasterAsProduct(given: Given): given is Given & FilterGradientInputs {
  const { x, dy, filterShape, pad } = given;
  const [height, width, channels, filters] = filterShape;
  const [photos, outHeight, outWidth] = dy.shape;
  const copiedBytes = 4 * photos * outHeight * outWidth * height * width * channels;
  const byOnePixel = [given.strides].flat().every((stride) => stride === 1);
  const plain = byOnePixel && (pad === 'same' || pad === 'valid') && given.dataFormat === 'NHWC';
  return (
    plain && x.dtype === 'float32' && Math.min(channels, filters) >= LEAST_CHANNELS && copiedBytes <= MOST_COPIED_BYTES
  );
}

/**
 * The gradient of a convolution's filter: all patches of the input that the filter meets, a row each, transposed, times the
 * gradient of the output, a row for each patch. Within float32's rounding of TensorFlow's operation for it.
 * @param tf    the loaded package
 * @param given the convolution's input and its output's gradient
 * @returns     of the filter's shape
 * @source      K. Chellapilla, S. Puri, P. Simard: High Performance Convolutional Neural Networks for Document Processing, 2006
 */
export function filterGradient(tf: Tf, { x, dy, filterShape, pad }: FilterGradientInputs): tfjs.Tensor4D {
  const backend = tf.backend() as unknown as NodeBackend;
  const { TF_ATTR_INT, TF_ATTR_STRING, TF_ATTR_TYPE, TF_FLOAT } = backend.binding;
  const attributes = [
    { name: 'T', type: TF_ATTR_TYPE, value: TF_FLOAT },
    { name: 'ksizes', type: TF_ATTR_INT, value: [1, filterShape[0], filterShape[1], 1] },
    { name: 'strides', type: TF_ATTR_INT, value: [1, 1, 1, 1] },
    { name: 'rates', type: TF_ATTR_INT, value: [1, 1, 1, 1] },
    { name: 'padding', type: TF_ATTR_STRING, value: pad.toUpperCase() },
  ];
  return tf.tidy(() => {
    const [patches] = backend.executeMultipleOutputs('ExtractImagePatches', attributes, [x], 1);
    const [height, width, channels, filters] = filterShape;
    const rows = patches.reshape<tfjs.Tensor2D>([-1, height * width * channels]);
    return tf.matMul(rows, dy.reshape<tfjs.Tensor2D>([-1, filters]), true).reshape<tfjs.Tensor4D>(filterShape);
  });
}
