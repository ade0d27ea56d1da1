/** Datasets: folders of photos, whatever their kind, with labels and a split. */

export { attributeShares, attributeTable, type AttributeShare } from './attribute-table';
export { classNamesOf } from './celeba-folder';
export { readAttributes, readIdentities, readPartition } from './celeba-text';
export { classTotals, countClasses, PARTS, type ClassCount, type LabelledPhotos, type PartClassCount } from './counts';
export { examplesOfEachClass } from './examples';
export { describeLeftOut, type LeftOut } from './left-out';
export { openDataset, type OpenOptions } from './open';
export { drawSampleSet, isSampleSet, type DrawOptions } from './sample-set';
export { availableSplits, splitDataset } from './split';
export { selectPhotos, type SelectOptions } from './select';
export type { Dataset, Part, Photo, SplitName } from './types';
