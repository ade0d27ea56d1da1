/** Datasets: folders of photos, whatever their kind, with labels and a split. */

export { attributeAssociations, type Association } from './associations';
export { attributeShares, attributeTable, type AttributeShare } from './attribute-table';
export { classNamesOf } from './class-names';
export { classTotals, countClasses, type ClassCount, type LabelledPhotos, type PartClassCount } from './counts';
export { describeLabel, labelCautions } from './label-cautions';
export { examplesOfEachClass } from './examples';
export { countLeftOut, leftOutSentence, type LeftOut } from './left-out';
export { openDataset, type OpenOptions } from './open';
export { drawSampleSet, isSampleSet, type DrawOptions } from './sample-set';
export { sharesByPart, type PartShares } from './shares-by-part';
export {
  identityLeak,
  leakBySplit,
  photosPerPerson,
  type IdentityLeak,
  type PersonCount,
  type SplitLeak,
} from './persons';
export { availableSplits, splitDataset } from './split';
export { splitDigest } from './split-digest';
export { checkSizes, selectPhotos, type SelectOptions } from './select';
export { PARTS, type Dataset, type Part, type Photo, type SplitName } from './types';
