/** Frozen features: computed once, kept on disk, streamed from there. */

export { decodeFeatures, encodeFeatures } from './codec';
export {
  featureBatches,
  viewBatches,
  type FeatureBatch,
  type SeenPhotos,
  type ViewFlowOptions,
} from './feature-batches';
export { extractFeatures, type ExtractOptions, type StoredPhoto } from './extract';
export { FeatureStore } from './store';
