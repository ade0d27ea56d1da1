/** Networks run as TensorFlow graphs: the same numbers as their layers, in less time. */

export { GraphBuilder, type Convolution, type GraphDefinition, type Precision } from './graph-builder';
export { toBfloat16 } from '../graphs';
export { loadGraph, type LoadedGraph } from './load-graph';
export { nativePredictor, type Predictor } from './native-network';
