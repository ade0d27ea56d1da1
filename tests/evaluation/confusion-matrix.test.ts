import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluation } from 'celeba-lab';

const { confusionMatrix } = evaluation;
const CLASSES = ['a', 'b', 'c'];
const LABELS = [0, 1, 2, 2, 1, 0, 2, 1];
const PREDICTED = [0, 2, 2, 1, 1, 0, 2, 0];

test('confusionMatrix counts each pair of label and prediction, as counting them one pair at a time does', () => {
  const twin = CLASSES.map((_, row) =>
    CLASSES.map((_, column) => LABELS.filter((label, i) => label === row && PREDICTED[i] === column).length),
  );
  assert.deepEqual(confusionMatrix(LABELS, PREDICTED, CLASSES), { classNames: CLASSES, counts: twin });
});

test('confusionMatrix keeps a row and a column of zeros for a class that no photo has', () => {
  assert.deepEqual(confusionMatrix([0], [0], ['a', 'b']).counts, [
    [1, 0],
    [0, 0],
  ]);
});

test('confusionMatrix has accuracy on its diagonal', () => {
  const { counts } = confusionMatrix(LABELS, PREDICTED, CLASSES);
  const diagonal = counts.reduce((sum, row, i) => sum + row[i], 0);
  assert.equal(diagonal, evaluation.countHits(LABELS, PREDICTED));
});

test('confusionMatrix refuses an index without a class name and lists of different lengths', () => {
  assert.throws(() => confusionMatrix([0, 2], [0, 1], ['a', 'b']), /label: found class index 2, expected 0 to 1/);
  assert.throws(() => confusionMatrix([0], [0, 1], ['a', 'b']), /1 labels and 2 predictions/);
});

test('confusionMatrix refuses a prediction without a class name, and says that it is one', () => {
  assert.throws(() => confusionMatrix([0], [2], ['a', 'b']), /prediction: found class index 2, expected 0 to 1/);
});
