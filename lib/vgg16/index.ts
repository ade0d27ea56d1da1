/** VGG16: its layers, its ImageNet weights, and its cut into a frozen trunk and a tail that learns. */

export { VGG16, type VGG16Options } from './architecture';
export { featureMaps, type FeatureMap } from './feature-maps';
export { splitFrozen, type TrunkAndTail } from './trunk-and-tail';
export {
  IMAGENET_CHECKSUM,
  IMAGENET_CREDIT,
  IMAGENET_WEIGHTS_FILE,
  joinTensors,
  readImagenetWeights,
  type ConvolutionWeights,
} from './weights';
