/** Training: recipes, learning rates, averages of weights. */

export { AverageWeights, type AverageWeightsOptions } from './average-weights';
export { improvedRecipe, type ImprovedRecipe } from './improved-recipe';
export { LayeredAdam, type LayeredAdamOptions, type LayerGroup } from './layered-adam';
export {
  findLearningRate,
  suggestLearningRate,
  type FindLearningRateOptions,
  type RateRange,
  type RateTrial,
} from './learning-rate-finder';
export {
  ScheduleLearningRate,
  warmupCosine,
  type ScheduleLearningRateOptions,
  type WarmupCosineOptions,
} from './learning-rate-schedule';
export { learningRateOf, setLearningRate } from '../tensorflow/optimizer-rate';
export { recipeFor, type Recipe } from './recipe';
