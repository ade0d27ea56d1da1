/** The only place that loads TensorFlow. */

import './environment';
import * as tf from '@tensorflow/tfjs-node-gpu';
import { installFilterGradient } from './filter-gradient';
import { installFusedAdam } from './fused-adam';
import { installModelSteps } from './model-steps';
import { installReluGradient } from './relu-gradient';

installFilterGradient(tf);
installFusedAdam(tf);
installReluGradient(tf);
installModelSteps(tf);

export { tf };
