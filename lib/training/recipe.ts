/** The settings that depend on the number of steps in an epoch: the article's, or scaled to it. */

/** The settings that depend on how many steps an epoch has. */
export interface Recipe {
  /** `article` or `scaled`. */
  name: 'article' | 'scaled';
  /** Adam's learning rate. */
  learningRate: number;
  /** Share of the moving averages that batch normalization keeps at each step, 0 to 1. */
  batchNormMomentum: number;
  /** Batches from which those averages are computed anew at the end of each epoch; 0: never, as in the article. */
  settleBatches: number;
}

// The article: 32,000 photos in batches of 12 are 2,667 steps an epoch, with Keras's default Adam and batch normalization.
const ARTICLE_STEPS = 2667;
const ARTICLE = { learningRate: 1e-3, batchNormMomentum: 0.99, settleBatches: 0 };

// From so many steps on, a tenth of an epoch is the article's 100 steps, and its averages settle by themselves.
const ENOUGH_STEPS = 1000;
// 480 photos in batches of 12: enough for means of 128 numbers. Where an epoch is short, half of it, so that it costs little.
const SETTLE_BATCHES = 40;
const SETTLE_SHARE = 0.5;

/**
 * The settings for an epoch of `stepsPerEpoch` steps.
 *
 * Rule of `scaled`: batch normalization's averages look back over a tenth of an epoch (at least 10 steps, at most the
 * article's 100), the learning rate is in proportion to the steps (a tenth of the article's at the least), and below
 * 1,000 steps the averages are computed anew at the end of each epoch, from 40 batches or half an epoch, whichever is
 * less, because weights then move faster than averages.
 * @param name          `article` keeps the letter whatever the number of steps
 * @param stepsPerEpoch training photos divided by the batch size, rounded up
 * @returns             for 2,667 steps and more both give the article's values
 * @source              momentum m averages over 1 / (1 - m) steps; the floors were found on 1,405 photos (118 steps)
 * @example             recipeFor('scaled', 2667).batchNormMomentum // 0.99
 */
export function recipeFor(name: Recipe['name'], stepsPerEpoch: number): Recipe {
  if (name === 'article') return { name, ...ARTICLE };
  const memory = Math.min(100, Math.max(10, stepsPerEpoch / 10));
  const scale = Math.min(1, Math.max(0.1, stepsPerEpoch / ARTICLE_STEPS));
  return {
    name,
    learningRate: Number((ARTICLE.learningRate * scale).toPrecision(2)),
    batchNormMomentum: Number((1 - 1 / memory).toFixed(3)),
    settleBatches: stepsPerEpoch < ENOUGH_STEPS ? Math.min(SETTLE_BATCHES, Math.ceil(SETTLE_SHARE * stepsPerEpoch)) : 0,
  };
}
