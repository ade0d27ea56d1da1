/** Learning rate and batch-norm momentum for a run: the article's, or scaled to the number of steps in an epoch. */

/** The two settings that depend on how many steps an epoch has. */
export interface Recipe {
  /** `article` or `scaled`. */
  name: 'article' | 'scaled';
  /** Adam's learning rate. */
  learningRate: number;
  /** Share of the moving averages that batch normalization keeps at each step, 0 to 1. */
  batchNormMomentum: number;
}

// The article: 32,000 photos in batches of 12 are 2,667 steps an epoch, with Keras's default Adam and batch normalization.
const ARTICLE_STEPS = 2667;
const ARTICLE_LEARNING_RATE = 1e-3;
const ARTICLE_MOMENTUM = 0.99;

/**
 * The settings for an epoch of `stepsPerEpoch` steps.
 *
 * Rule of `scaled`: batch normalization's averages look back over a tenth of an epoch (at least 10 steps, at most the
 * article's 100), and the learning rate is in proportion to the steps (a tenth of the article's at the least). Steps of
 * the article's size lead pretrained convolutions astray within the first of few steps, before validation can tell.
 * @param name          `article` keeps the letter whatever the number of steps
 * @param stepsPerEpoch training photos divided by the batch size, rounded up
 * @returns             for 2,667 steps and more both give the article's values
 * @source              momentum m averages over 1 / (1 - m) steps; the floors were found on 1,405 photos (117 steps)
 * @example             recipeFor('scaled', 2667) // { name: 'scaled', learningRate: 0.001, batchNormMomentum: 0.99 }
 */
export function recipeFor(name: Recipe['name'], stepsPerEpoch: number): Recipe {
  if (name === 'article') return { name, learningRate: ARTICLE_LEARNING_RATE, batchNormMomentum: ARTICLE_MOMENTUM };
  const steps = Math.min(stepsPerEpoch, ARTICLE_STEPS);
  const memory = Math.min(100, Math.max(10, steps / 10));
  const scale = Math.max(0.1, steps / ARTICLE_STEPS);
  return {
    name,
    learningRate: Number((ARTICLE_LEARNING_RATE * scale).toPrecision(2)),
    batchNormMomentum: Number((1 - 1 / memory).toFixed(3)),
  };
}
