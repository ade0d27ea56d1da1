/** Networks run as TensorFlow graphs: the same numbers as their layers, in less time. */

export type { Precision } from './graph-definition';
export { toBfloat16 } from './graph-node';
export { nativePredictor, type Predictor } from './native-network';
