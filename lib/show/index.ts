/** Everything a notebook shows. */

export { chart, type ShowChartOptions } from './chart';
export { featureMaps, type FeatureMap, type FeatureMapsOptions } from './feature-maps';
export { gallery, photo, type GalleryItem, type GalleryOptions } from './gallery';
export { live, type LiveOptions, type LiveTraining, type LiveView } from './live';
export { table, type Cell, type TableOptions, type TableRows } from './table';
export { markdown, text } from './text';
