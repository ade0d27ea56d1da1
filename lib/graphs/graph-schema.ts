/** Graphs as TensorFlow reads them: the parts of its schema that are needed here. */

import { parse } from 'protobufjs';
import type { GraphNode } from './graph-node';

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
  oneof value {
    bytes s = 2; int64 i = 3; float f = 4; bool b = 5; int32 type = 6; Shape shape = 7; Tensor tensor = 8; List list = 1;
  }
}
message List { repeated int64 i = 3; repeated float f = 4; repeated bool b = 5; }
message Shape { repeated Dim dim = 2; }
message Dim { int64 size = 1; }
message Tensor { int32 dtype = 1; Shape tensor_shape = 2; bytes tensor_content = 4; }
message Signature { map<string, Info> inputs = 1; map<string, Info> outputs = 2; string method_name = 3; }
message Info { string name = 1; int32 dtype = 2; Shape tensor_shape = 3; }
`;

// The graph version of TensorFlow 2.x when its operations here last changed meaning (version.h counts up with time).
const PRODUCER = 1087;

const schema = parse(SCHEMA).root;
const [graphs, savedModels] = [schema.lookupType('Graph'), schema.lookupType('SavedModel')];

/** A graph as a GraphDef holds it. */
export function graphOfNodes(nodes: readonly GraphNode[]): object {
  return { node: nodes, versions: { producer: PRODUCER } };
}

/** The bytes of a GraphDef. */
export function encodeGraph(nodes: readonly GraphNode[]): Uint8Array {
  return graphs.encode(graphs.create(graphOfNodes(nodes))).finish();
}

/**
 * The bytes of a SavedModel.
 * @param metaGraph its only graph, with tags and signatures, as meta_graph.proto has it
 */
export function encodeSavedModel(metaGraph: object): Uint8Array {
  return savedModels.encode(savedModels.create({ savedModelSchemaVersion: 1, metaGraphs: [metaGraph] })).finish();
}
