/** The only place that loads TensorFlow. */

import './environment';
import * as tf from '@tensorflow/tfjs-node-gpu';
import { installFusedAdam } from './fused-adam';
import { installModelSteps } from './model-steps';
import { installReluGradient } from './relu-gradient';

installFusedAdam(tf);
installReluGradient(tf);
installModelSteps(tf);

export { tf };
