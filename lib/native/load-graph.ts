/** Brings a graph into TensorFlow. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tf } from '../tensorflow/load';
import type { GraphDefinition } from './graph-builder';
import { writeSavedModel } from './saved-model-file';

/** A graph that TensorFlow has joined and ordered for speed. */
export interface LoadedGraph {
  /** Output for an input, each float32; the caller disposes of them. */
  predict(input: tf.Tensor): tf.Tensor;
  /** Frees the graph. */
  dispose(): void;
}

/**
 * Loads a graph; it computes each convolution with its bias and activation as one operation.
 * @param definition as `GraphBuilder` makes it
 * @throws           TensorFlow's own error where an operation can't be
 */
export async function loadGraph(definition: GraphDefinition): Promise<LoadedGraph> {
  // TensorFlow loads graphs from files only.
  const folder = await mkdtemp(join(tmpdir(), `celeba-lab-graph-${process.pid}-`));
  try {
    await writeSavedModel(folder, definition);
    const graph = await tf.node.loadSavedModel(folder);
    return { predict: (input) => graph.predict(input) as tf.Tensor, dispose: () => graph.dispose() };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
