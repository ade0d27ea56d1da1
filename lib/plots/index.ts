/** Charts: rows in, a Vega-Lite 5 specification out; and the same as a picture. */

export type { ChartSpec } from './chart-spec';
export { pixelsToPng, specToPng, specToSvg, svgToJpeg, svgToPng, type PictureOptions } from './png';
export { fitText, textWidth, wrapText } from './text-width';
export { CLASS_COLORS, COLORS, FONT, themed } from './theme';
export { trainingCurves, type EpochLog, type TrainingCurvesOptions } from './training-curves';
