import assert from 'node:assert/strict';
import { test } from 'node:test';
import { training } from 'celeba-lab';

const { improvedRecipe } = training;

test('improvedRecipe averages weights over two fifths of an epoch, 5 to 1,000 steps', () => {
  assert.deepEqual(
    [4, 118, 2667, 20000].map((steps) => improvedRecipe(steps).averageDecay),
    [0.8, 0.989, 0.999, 0.999],
  );
});

test('improvedRecipe sees few photos as they are only, in three epochs instead of six', () => {
  const [few, many] = [16, 118].map(improvedRecipe);
  assert.deepEqual([few.views, few.testTimeFlip, few.epochs], [false, false, 3]);
  assert.deepEqual([many.views, many.testTimeFlip, many.epochs], [true, true, 6]);
});

test('improvedRecipe shows each photo twice an epoch where photos are neither few nor many', () => {
  assert.deepEqual(
    [16, 60, 1000, 1001].map((batches) => improvedRecipe(batches).viewsPerEpoch),
    [1, 2, 2, 1],
  );
});

test('improvedRecipe shows each photo made worse in three ways where photos are neither few nor many, and in one where they are many', () => {
  assert.deepEqual(
    [16, 60, 1000, 1001].map((batches) => improvedRecipe(batches).degradedViews),
    [0, 3, 3, 1],
  );
});

test('improvedRecipe clips gradients to a norm of 1 where photos are not few', () => {
  assert.deepEqual(
    [16, 59, 60, 2667].map((batches) => improvedRecipe(batches).clipNorm),
    [undefined, undefined, 1, 1],
  );
});

test('improvedRecipe gives convolutions a smaller rate than the head', () => {
  const { headLearningRate, convolutionLearningRate } = improvedRecipe(118);
  assert.ok(convolutionLearningRate < headLearningRate);
});

test('improvedRecipe takes the momentum of batch normalization from the scaled recipe', () => {
  for (const batches of [16, 118, 500])
    assert.equal(improvedRecipe(batches).batchNormMomentum, training.recipeFor('scaled', batches).batchNormMomentum);
  assert.equal(improvedRecipe(500).batchNormMomentum, 0.98);
});

test('improvedRecipe is what was measured on celeba-mini', () => {
  assert.deepEqual(improvedRecipe(118), {
    name: 'improved',
    headLearningRate: 0.001,
    convolutionLearningRate: 0.0003,
    clipNorm: 1,
    warmupShare: 0.1,
    epochs: 6,
    labelSmoothing: 0.02,
    averageDecay: 0.989,
    batchNormMomentum: training.recipeFor('scaled', 118).batchNormMomentum,
    settleBatches: 20,
    views: true,
    degradedViews: 3,
    viewsPerEpoch: 2,
    testTimeFlip: true,
  });
});
