/** Brings a graph into TensorFlow. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SystemFault } from '../errors';
import { explainNoRoom } from '../files';
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
 * @throws           SystemFault where the temporary folder is full, missing or not to be written to; TensorFlow's own error
 *                   where an operation can't be
 */
export async function loadGraph(definition: GraphDefinition): Promise<LoadedGraph> {
  // TensorFlow loads graphs from files only.
  const folder = await mkdtemp(join(tmpdir(), `celeba-lab-graph-${process.pid}-`)).catch((error: unknown) => {
    throw writingFault(error);
  });
  try {
    await writeSavedModel(folder, definition).catch((error: unknown) => {
      throw writingFault(error);
    });
    const graph = await tf.node.loadSavedModel(folder);
    return { predict: (input) => graph.predict(input) as tf.Tensor, dispose: () => graph.dispose() };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A sentence where the system refused to write; else the error itself. */
function writingFault(error: unknown): unknown {
  const { syscall, message } = error as NodeJS.ErrnoException;
  if (syscall === undefined) return error;
  const where = `temporary folder ${tmpdir()}`;
  const kept = 'what was there is as it was';
  const full = explainNoRoom(error, { where, needed: 'the weights of a network', kept, inOutputs: false });
  if (full !== error) return full;
  return new SystemFault({
    where,
    found: `a place that can't be written to (${message})`,
    expected: 'a folder that takes files',
    remedy: 'Make it such a folder, or set TMPDIR to another folder',
    cause: error,
  });
}
