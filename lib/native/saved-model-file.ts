/** TensorFlow's SavedModel file, as far as a graph of constants needs it. */

import { join } from 'node:path';
import { writeFileAtomically } from '../files';
import type { GraphDefinition } from './graph-builder';
import { encodeSavedModel, graphOfNodes, shapeOf, typed } from '../graphs';

/**
 * Writes a graph as a SavedModel with the tag `serve` and the signature `serving_default`, whole or not at all.
 * @param folder where saved_model.pb shall be; made where there is none
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
  await writeFileAtomically(join(folder, 'saved_model.pb'), encodeSavedModel(metaGraph));
}
