/** Charts: rows in, a Vega-Lite 5 specification out; and the same as a picture. */

export { accuracyInterval, type AccuracyIntervalOptions, type AccuracyRow } from './accuracy-interval';
export { attributeAssociations, type AssociationRow, type AssociationsOptions } from './attribute-associations';
export { attributeShares, type AttributeShareRow, type AttributeSharesOptions } from './attribute-shares';
export { batchLoss, type BatchLoss, type BatchLossOptions } from './batch-loss';
export type { ChartSpec } from './chart-spec';
export { classCounts, type ClassCount, type CountsOptions } from './class-counts';
export { confidence, type ConfidenceOptions, type ConfidenceRow } from './confidence';
export { confusionMatrix, type ConfusionCounts, type ConfusionMatrixOptions } from './confusion-matrix';
export { partCounts, type PartCount } from './part-counts';
export { photosPerPerson, type PersonCountRow } from './photos-per-person';
export { pixelsToPng, specToPng, specToSvg, svgToJpeg, svgToPng, type PictureOptions } from './png';
export { fitText, textWidth, wrapText } from './text-width';
export { CLASS_COLORS, COLORS, countText, FONT, inkOn, themed } from './theme';
export { trainingCurves, type EpochLog, type TrainingCurvesOptions } from './training-curves';
