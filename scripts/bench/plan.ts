/** How much is measured: enough for stable medians, within the minutes that were promised. */

/** Counts of one comparison. */
export interface BenchPlan {
  /** Photos in a step of training and validation; the article's. */
  batchSize: number;
  /** Photos in a call of the frozen layers. */
  forwardBatch: number;
  /** Training and validation photos at most; an epoch of the measurement has so many. */
  trainPhotos: number;
  validationPhotos: number;
  /** Epochs that are measured. */
  epochs: number;
  /** Steps before the other side has its turn. */
  stepsPerTurn: number;
  /** Calls of the frozen layers. */
  forwardRounds: number;
  /** Passes over all photos without a network. */
  loadingRounds: number;
  /** Train steps of the free layers, and as often their convolutions alone. */
  tailRounds: number;
  /** Test photos at most that a trained model answers in either number format. */
  answers: number;
}

/** Epochs that the fine-tuning figures stand for. */
export const EPOCHS = 6;

/** Some four minutes on 2 cores. */
export const FULL: BenchPlan = {
  ...{ batchSize: 12, forwardBatch: 16, trainPhotos: 240, validationPhotos: 72, epochs: 2, stepsPerTurn: 4 },
  ...{ forwardRounds: 20, loadingRounds: 7, tailRounds: 40, answers: 500 },
};

/** Some two minutes on 2 cores. */
export const QUICK: BenchPlan = {
  ...FULL,
  ...{ trainPhotos: 120, validationPhotos: 36, epochs: 1, stepsPerTurn: 2 },
  ...{ forwardRounds: 6, loadingRounds: 3, tailRounds: 12, answers: 100 },
};
