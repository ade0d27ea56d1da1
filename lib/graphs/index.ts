/** TensorFlow graphs as data, without TensorFlow. */

export {
  constantNode,
  contentNode,
  integersNode,
  list,
  number,
  shapeOf,
  text,
  toBfloat16,
  typed,
  typeNamed,
  type Attribute,
  type GraphNode,
  type TypeName,
} from './graph-node';
export { encodeGraph, encodeSavedModel, graphOfNodes } from './graph-schema';
