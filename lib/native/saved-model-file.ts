/** TensorFlow's SavedModel file, as far as a graph of constants needs it. */

import { join } from 'node:path';
import { parse } from 'protobufjs';
import { writeFileAtomically } from '../files';
import type { GraphDefinition } from './graph-builder';
import { shapeOf, typed } from './graph-node';

// From tensorflow/core/protobuf/{saved_model,meta_graph}.proto and tensorflow/core/framework/{graph,node_def,attr_value,tensor}.proto.
const SCHEMA = `
syntax = "proto3";
message SavedModel { int64 saved_model_schema_version = 1; repeated MetaGraph meta_graphs = 2; }
message MetaGraph { MetaInfo meta_info_def = 1; Graph graph_def = 2; map<string, Signature> signature_def = 5; }
message MetaInfo { repeated string tags = 4; }
message Graph { repeated Node node = 1; Versions versions = 4; }
message Versions { int32 producer = 1; }
message Node {
  string name = 1; string op = 2; repeated string input = 3; map<string, Attribute> attr = 5;
}
message Attribute {
  oneof value { bytes s = 2; int64 i = 3; int32 type = 6; Shape shape = 7; Tensor tensor = 8; List list = 1; }
}
message List { repeated int64 i = 3; }
message Shape { repeated Dim dim = 2; }
message Dim { int64 size = 1; }
message Tensor { int32 dtype = 1; Shape tensor_shape = 2; bytes tensor_content = 4; }
message Signature { map<string, Info> inputs = 1; map<string, Info> outputs = 2; string method_name = 3; }
message Info { string name = 1; int32 dtype = 2; Shape tensor_shape = 3; }
`;

// The graph version of TensorFlow 2.x when its operations here last changed meaning (version.h counts up with time).
const PRODUCER = 1087;

const schema = parse(SCHEMA).root.lookupType('SavedModel');

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
    graphDef: { node: graph.nodes, versions: { producer: PRODUCER } },
    signatureDef: { serving_default: signature },
  };
  const message = schema.create({ savedModelSchemaVersion: 1, metaGraphs: [metaGraph] });
  await writeFileAtomically(join(folder, 'saved_model.pb'), schema.encode(message).finish());
}
