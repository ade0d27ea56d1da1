/** The sample set: a folder in CelebA's format, filled with drawings. */

export { drawSampleSet, isSampleSet, SAMPLE_SEED, SAMPLE_SET_SIZE } from './draw-sample-set';
export type { DrawOptions } from './draw-sample-set';
export { CELEBA_ATTRIBUTES } from './attributes';
