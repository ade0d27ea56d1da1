/** Convolutions run as one TensorFlow graph instead of layer by layer: the same numbers, in less time. */

import { tf } from '../tensorflow/load';
import type { Precision } from './graph-builder';
import { graphOf, isNativeLayer } from './graph-definition';
import { loadGraph } from './load-graph';

/** A network that only predicts. */
export interface Predictor {
  /** Inputs [n, ...] to outputs [n, ...]; the caller disposes of them. */
  predictOnBatch(inputs: tf.Tensor): tf.Tensor;
  /** Frees what this predictor holds; the model that it was made from stays as it is. */
  dispose(): void;
}

/**
 * Makes a predictor of a model whose layers form a chain. Its first convolutions and poolings become a TensorFlow graph, in which
 * TensorFlow joins each convolution with its bias and ReLU; layers after those, such as a head, run as they are. Weights
 * of the graph are those of this moment: after further training make another one.
 * @param model     a Sequential or a chain of layers; other models are run as they are
 * @param precision bfloat16: convolutions in 16 bits, for CPUs that compute in it; outputs are then about 1 % off. Default float32,
 *                  bit for bit what the layers give (from a batch of one, small photos may differ in the last digits)
 * @example         const predictor = await nativePredictor(trunk);
 *                  predictor.predictOnBatch(photos).shape // [n, 11, 13, 512]
 */
export async function nativePredictor(model: tf.LayersModel, precision: Precision = 'float32'): Promise<Predictor> {
  const layers = chainOf(model);
  const end = layers === undefined ? 0 : countNative(layers);
  if (layers === undefined || !layers.slice(0, end).some((layer) => layer.getClassName() === 'Conv2D')) {
    return { predictOnBatch: (inputs) => model.predictOnBatch(inputs) as tf.Tensor, dispose: () => undefined };
  }
  const graph = await loadGraph(await graphOf(layers.slice(0, end), precision));
  const rest = layers.slice(end);
  return {
    predictOnBatch: (inputs) =>
      tf.tidy(() => rest.reduce((x, layer) => layer.apply(x) as tf.Tensor, graph.predict(inputs))),
    dispose: () => graph.dispose(),
  };
}

/** The layers in the order of computation, nested models opened; undefined where they don't form a chain. */
function chainOf(model: tf.LayersModel): tf.layers.Layer[] | undefined {
  const chain: tf.layers.Layer[] = [];
  for (const layer of model.layers) {
    if (layer instanceof tf.LayersModel) {
      const inner = chainOf(layer);
      if (inner === undefined) return undefined;
      chain.push(...inner.filter((one) => one.getClassName() !== 'InputLayer'));
    } else chain.push(layer);
  }
  return isChain(model) ? chain : undefined;
}

/** One input, one output, and between them as many steps as layers, each from the one before: no branch, no layer used twice. */
function isChain(model: tf.LayersModel): boolean {
  if (model instanceof tf.Sequential) return true;
  const steps = Object.values(model.nodesByDepth);
  const single = steps.every((nodes) => nodes.length === 1 && nodes[0].inboundLayers.length <= 1);
  return single && steps.length === model.layers.length && model.inputs.length === 1 && model.outputs.length === 1;
}

function countNative(layers: readonly tf.layers.Layer[]): number {
  const first = layers.findIndex((layer) => !isNativeLayer(layer));
  return first < 0 ? layers.length : first;
}
