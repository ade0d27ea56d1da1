/** Everything a notebook shows. */

export { answers, type AnswersOptions } from './answers';
export { chart, type ShowChartOptions } from './chart';
export { featureMaps, type FeatureMap, type FeatureMapsOptions } from './feature-maps';
export { gallery, photo, type GalleryItem, type GalleryOptions, type PhotoOptions } from './gallery';
export { live, training, type LiveOptions, type LiveTraining } from './live';
export { markedFaces, type MarkedFace } from './marked-faces';
export { progressLine, type ProgressLine } from './progress-line';
export { table, type Cell, type TableOptions, type TableRows } from './table';
export { markdown, text } from './text';
