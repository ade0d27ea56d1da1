/** The only place that loads TensorFlow. */

import './environment';
import * as tf from '@tensorflow/tfjs-node-gpu';

export { tf };
