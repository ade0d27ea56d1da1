import assert from 'node:assert/strict';
import { test } from 'node:test';
import { training } from 'celeba-lab';

const ARTICLE = { learningRate: 0.001, batchNormMomentum: 0.99, settleBatches: 0 };

test('recipeFor scaled gives the article its own values for 32,000 photos in batches of 12, and for more', () => {
  assert.deepEqual(training.recipeFor('scaled', Math.ceil(32000 / 12)), { name: 'scaled', ...ARTICLE });
  assert.deepEqual(training.recipeFor('scaled', 13565), { name: 'scaled', ...ARTICLE });
});

test('recipeFor article keeps the letter for any number of steps', () => {
  for (const steps of [1, 20, 2667])
    assert.deepEqual(training.recipeFor('article', steps), { name: 'article', ...ARTICLE });
});

test('recipeFor scaled never raises learning rate or momentum as steps get fewer, and stays above its floors', () => {
  const recipes = [2667, 1000, 500, 117, 50, 20, 5, 1].map((steps) => training.recipeFor('scaled', steps));
  for (const [i, recipe] of recipes.entries()) {
    assert.ok(recipe.learningRate >= 1e-4 && recipe.batchNormMomentum >= 0.9);
    if (i === 0) continue;
    assert.ok(recipe.learningRate <= recipes[i - 1].learningRate);
    assert.ok(recipe.batchNormMomentum <= recipes[i - 1].batchNormMomentum);
  }
});

test('recipeFor scaled settles averages on half an epoch where that is under 40 batches, and never from 1,000 steps', () => {
  assert.deepEqual(
    [1, 15, 16, 118, 1000].map((steps) => training.recipeFor('scaled', steps).settleBatches),
    [1, 8, 8, 40, 0],
  );
});

test('recipeFor scaled gives 500 steps an epoch 500/2667 of the article rate, and averages over 50 steps', () => {
  const expected = { name: 'scaled', learningRate: 1.9e-4, batchNormMomentum: 0.98, settleBatches: 40 };
  assert.deepEqual(training.recipeFor('scaled', 500), expected);
});
