/** Evaluation: predictions as plain rows, and what they amount to. */

export { accuracy, countHits } from './accuracy';
export { argmax } from './argmax';
export { blendLogits, fitShare, type FitShareOptions, type JudgedOutputs } from './blend';
export {
  calibratedProbabilities,
  calibrate,
  calibrateLogits,
  type CalibrateOptions,
  type LabelledOutputs,
} from './calibration';
export { compareSplits, nearestNeighbours, type CompareSplitsOptions, type SplitAccuracy } from './compare-splits';
export { confusionMatrix, type ConfusionMatrix } from './confusion-matrix';
export { decide, decideByLogits, type Answer } from './decide';
export { wilsonInterval } from './interval';
export { logitsOf, softmax, type LabelledLogits } from './logits';
export { comparePaired, exactMcNemar, type PairedComparison } from './mcnemar';
export { isOfPeople, labelMeaning } from './label-meaning';
export {
  nearestMean,
  nearestMeanOfPhotos,
  type LabelledFile,
  type LabelledPixels,
  type NearestMeanOptions,
} from './nearest-mean';
export {
  outputsOf,
  predictAllFiles,
  predictFiles,
  type Classifier,
  type FailedPrediction,
  type LabelledPrediction,
  type PredictOptions,
  type Prediction,
} from './predictions';
export { checkSameData } from './same-data';
export { predictSeen } from './predict-seen';
export { predictStored, type PredictStoredOptions } from './stored-predictions';
export {
  classesText,
  pairRecipes,
  readComparison,
  summariseRecipes,
  type ComparedEpoch,
  type ComparedRun,
  type RecipeComparison,
  type RecipeSummary,
} from './recipe-comparison';
