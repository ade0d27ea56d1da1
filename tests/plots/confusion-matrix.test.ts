import { plots } from 'celeba-lab';
import assert from 'node:assert/strict';
import { test } from 'node:test';

test('confusionMatrix gives each cell its count and its share of the row', () => {
  const counts = [
    [9, 1],
    [0, 5],
  ];
  const spec = plots.confusionMatrix({ classNames: ['no', 'yes'], counts });
  const { values } = spec.data as { values: { label: string; predicted: string; count: number; share: number }[] };
  assert.deepEqual(
    values.map(({ label, predicted, count, share }) => [label, predicted, count, share]),
    [
      ['no', 'no', 9, 0.9],
      ['no', 'yes', 1, 0.1],
      ['yes', 'no', 0, 0],
      ['yes', 'yes', 5, 1],
    ],
  );
  assert.equal((spec.title as { subtitle: string }).subtitle, 'n = 15 pictures, 93.3 % on the diagonal');
});

test('confusionMatrix of many classes has a bounded size, and writes only what has room', () => {
  const widths = [8, 20, 60, 200].map((n) => {
    const classNames = Array.from({ length: n }, (_, i) => `a class with a long name, number ${i}`);
    const counts = classNames.map(() => classNames.map(() => 1));
    const { width, layer } = plots.confusionMatrix({ classNames, counts }) as unknown as {
      width: { step: number };
      layer: object[];
    };
    return [layer.length - 1, n * width.step <= 2100];
  });
  assert.deepEqual(widths, [
    [2, true],
    [1, true],
    [0, true],
    [0, true],
  ]);
});

test('confusionMatrix refuses counts that are not a square of the classes', () => {
  assert.throws(
    () => plots.confusionMatrix({ classNames: ['no', 'yes'], counts: [[9, 1]] }),
    /^InputError: confusion matrix: found rows of 2 counts, expected 2 rows of 2, one for each of no, yes/,
  );
});

test('confusionMatrix writes shares for up to 8 classes and counts for up to 25', () => {
  const textsOf = (n: number): string[] => {
    const classNames = Array.from({ length: n }, (_, i) => `class ${i}`);
    const { layer } = plots.confusionMatrix({ classNames, counts: classNames.map(() => classNames.map(() => 1)) });
    const texts = (layer as { encoding: { text?: { field: string } } }[]).map(({ encoding }) => encoding.text);
    return texts.flatMap((text) => text?.field ?? []);
  };
  assert.deepEqual([8, 9, 25, 26].map(textsOf), [['count', 'note'], ['count'], ['count'], []]);
});
