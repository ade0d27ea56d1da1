/** TensorFlow's SavedModel file, as far as a graph of constants needs it. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GraphDefinition } from './graph-builder';
import { encodeSavedModel, graphOfNodes, shapeOf, typed } from '../graphs';

/**
 * Writes a graph as a SavedModel with the tag `serve` and the signature `serving_default`.
 * @param folder where saved_model.pb shall be
 * @param graph  what it computes
 */
export async function writeSavedModel(folder: string, graph: GraphDefinition): Promise<void> {
  const info = (node: string, shape: (number | null)[]) => ({
    name: `${node}:0`,
    dtype: typed('float32').type,
    tensorShape: shapeOf(shape).shape,
  });
  const signature = {
    inputs: { input: info(graph.input, graph.inputShape) },
    outputs: { output: info(graph.output, graph.outputShape) },
    methodName: 'tensorflow/serving/predict',
  };
  const metaGraph = {
    metaInfoDef: { tags: ['serve'] },
    graphDef: graphOfNodes(graph.nodes),
    signatureDef: { serving_default: signature },
  };
  // Who reads it is the one who wrote it, and it is removed at once: it needn't outlast a loss of power.
  await writeFile(join(folder, 'saved_model.pb'), encodeSavedModel(metaGraph));
}
