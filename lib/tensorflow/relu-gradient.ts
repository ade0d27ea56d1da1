/** The gradient of ReLU as TensorFlow's one operation for it, instead of a mask made of seven. */

import type { tf as tfjs } from './load';
import type { NodeBackend } from './native-variable';

const KERNEL = 'ReluGrad';

/**
 * Puts TensorFlow's ReluGrad under the gradient of `tf.relu`: the same numbers, but for a 0 where the input is NaN. It needs only
 * ReLU's output, so that its input is freed sooner. Gradients of gradients work as before.
 * @param tf the loaded package
 * @source   tensorflow/core/kernels/relu_op.cc
 */
export function installReluGradient(tf: typeof tfjs): void {
  if (tf.getBackend() !== 'tensorflow') return;
  const backend = tf.backend() as unknown as NodeBackend;
  const { TF_ATTR_TYPE, TF_FLOAT } = backend.binding;
  const attributes = [{ name: 'T', type: TF_ATTR_TYPE, value: TF_FLOAT }];
  const reluGradient = (dy: tfjs.Tensor, y: tfjs.Tensor): tfjs.Tensor =>
    tf.engine().runKernel<tfjs.Tensor>(KERNEL, { dy, y });
  tf.registerKernel({
    kernelName: KERNEL,
    backendName: 'tensorflow',
    kernelFunc: ({ inputs }) =>
      backend.executeMultipleOutputs(KERNEL, attributes, [inputs.dy as tfjs.Tensor, inputs.y as tfjs.Tensor], 1)[0],
  });
  tf.registerGradient({
    kernelName: KERNEL,
    inputsToSave: ['y'],
    gradFunc: (gradient, [y]) => ({
      dy: () => reluGradient(gradient as tfjs.Tensor, y),
      // A step's own slope, which is 0 wherever there is one.
      y: () => tf.zerosLike(y),
    }),
  });
  tf.unregisterGradient('Relu');
  tf.registerGradient({
    kernelName: 'Relu',
    outputsToSave: [true],
    gradFunc: (dy, [y]) => ({ x: () => reluGradient(dy as tfjs.Tensor, y) }),
  });
}
