/** The only place that loads TensorFlow. */

import './environment';
import * as tf from '@tensorflow/tfjs-node-gpu';
import { installFusedAdam } from './fused-adam';
import { installReluGradient } from './relu-gradient';

installFusedAdam(tf);
installReluGradient(tf);

export { tf };
