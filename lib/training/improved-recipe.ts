/** The improved recipe: what the field does when photos are few, in numbers. */

import { recipeFor } from './recipe';

/** Settings of the improved recipe. */
export interface ImprovedRecipe {
  name: 'improved';
  /** Adam's highest learning rate for the head, which begins at random. */
  headLearningRate: number;
  /** The same for the convolutions, which begin with ImageNet's weights. */
  convolutionLearningRate: number;
  /** Largest norm of all gradients together; larger ones are scaled down to it. Missing below 60 steps an epoch. */
  clipNorm?: number;
  /** Share of the steps in which the rates rise; then they fall along a cosine. */
  warmupShare: number;
  /** Epochs; the schedule is made for all of them. */
  epochs: number;
  /** Share of each label that is spread over all classes, in training. */
  labelSmoothing: number;
  /** Share of the weights' moving average that stays at each step. */
  averageDecay: number;
  /** Momentum of batch normalization's averages, as in the scaled recipe; what they come to is computed anew each epoch. */
  batchNormMomentum: number;
  /** Batches from which those averages are computed. */
  settleBatches: number;
  /** Whether photos have their true shape, and are also seen mirrored, nearer, farther, aside and made worse. */
  views: boolean;
  /** In how many of the views made worse each photo is seen. */
  degradedViews: number;
  /** How often an epoch shows each photo, each time in another view; an epoch has so many times its steps. */
  viewsPerEpoch: number;
  /** Whether an answer is the mean of the photo's and its mirror image's, which takes twice the time. */
  testTimeFlip: boolean;
}

// Below, a training is a trial: the sample set has 10 steps, and its drawings all lie in the same place.
const FEW_STEPS = 60;
// Above, photos differ enough by themselves, and epochs are long.
const MANY_STEPS = 1000;

/**
 * The improved recipe for so many photos as fill `batchCount` batches.
 *
 * Rule: the average of the weights looks back over two fifths of an epoch (5 to 1,000 steps); below 60 batches of photos
 * (720 photos in batches of 12) the photos are seen as they are, in three epochs instead of six; up to 1,000 batches an
 * epoch shows each photo in two views, and each is also seen made worse in three ways; beyond, in one.
 * @param batchCount training photos divided by the batch size, rounded up
 * @source           docs/training.md, How the improved recipe was chosen: on 1,678 photos, in three folds; views made worse
 *                   on 273 of them, with one seed. Above 1,000 batches nothing was measured
 * @example          improvedRecipe(118).averageDecay // 0.989
 */
export function improvedRecipe(batchCount: number): ImprovedRecipe {
  const few = batchCount < FEW_STEPS;
  const viewsPerEpoch = few || batchCount > MANY_STEPS ? 1 : 2;
  const memory = Math.min(1000, Math.max(5, 0.4 * viewsPerEpoch * batchCount));
  return {
    name: 'improved',
    headLearningRate: 1e-3,
    convolutionLearningRate: 3e-4,
    ...(few ? {} : { clipNorm: 1 }),
    warmupShare: 0.1,
    epochs: few ? 3 : 6,
    labelSmoothing: 0.02,
    averageDecay: Number((1 - 1 / memory).toFixed(3)),
    batchNormMomentum: recipeFor('scaled', batchCount).batchNormMomentum,
    settleBatches: few ? 10 : 20,
    views: !few,
    degradedViews: few ? 0 : batchCount > MANY_STEPS ? 1 : 3,
    viewsPerEpoch,
    testTimeFlip: !few,
  };
}
