/** Charts: rows in, a Vega-Lite 5 specification out; and the same as a picture. */

export { accuracyInterval, type AccuracyIntervalOptions, type AccuracyRow } from './accuracy-interval';
export { attributeAssociations, type AssociationRow, type AssociationsOptions } from './attribute-associations';
export { attributeShares, type AttributeShareRow, type AttributeSharesOptions } from './attribute-shares';
export type { ChartSpec } from './chart-spec';
export { classCounts, type ClassCount, type CountsOptions } from './class-counts';
export { confidence, type ConfidenceOptions, type ConfidenceRow } from './confidence';
export { confusionMatrix, type ConfusionCounts, type ConfusionMatrixOptions } from './confusion-matrix';
export { learningRateRange, type LearningRateRangeOptions, type RateLoss } from './learning-rate-range';
export { learningRateSchedule, type LearningRateScheduleOptions, type ScheduledRate } from './learning-rate-schedule';
export { partCounts, type PartCount } from './part-counts';
export { photosPerPerson, type PersonCountRow } from './photos-per-person';
export { pixelsToPng, specToPng, specToSvg, svgToJpeg, svgToPng, type PictureOptions } from './png';
export { recipeCurves, type RecipeCurvesOptions, type RecipeEpoch } from './recipe-curves';
export { fitText, textWidth, wrapText } from './text-width';
export { COLORS, FONT, inkOn, themed } from './theme';
export { trainingCurves, type EpochLog, type TrainingCurvesOptions } from './training-curves';
