import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataset } from 'celeba-lab';
import pl from 'nodejs-polars';

/** A table of columns of 1 and -1, written as + and -. */
function table(columns: Record<string, string>): pl.DataFrame {
  const [first] = Object.values(columns);
  const files = Array.from(first, (_, i) => `${i}.jpg`);
  const values = (signs: string): Int8Array => Int8Array.from(signs, (sign) => (sign === '+' ? 1 : -1));
  return pl.DataFrame([
    pl.Series('file', files, pl.Utf8),
    ...Object.entries(columns).map(([name, signs]) => pl.Series(name, values(signs), pl.Int8)),
  ]);
}

/** Pearson's correlation, straight from its definition. */
function correlation(a: number[], b: number[]): number {
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  const product = mean(a.map((value, i) => (value - meanA) * (b[i] - meanB)));
  return product / Math.sqrt(mean(a.map((v) => (v - meanA) ** 2)) * mean(b.map((v) => (v - meanB) ** 2)));
}

test('attributeAssociations gives 1 for the same answers, -1 for the opposite and 0 for unrelated ones', () => {
  const rows = dataset.attributeAssociations(table({ a: '++--', half: '+-+-', same: '++--', opposite: '--++' }), 'a');
  assert.deepEqual(
    rows.map(({ attribute, phi }) => [attribute, phi]),
    [
      ['same', 1],
      ['opposite', -1],
      ['half', 0],
    ],
  );
});

test('phi is the correlation of two columns, and the shares are those with and without the chosen attribute', () => {
  const [row] = dataset.attributeAssociations(table({ a: '+++-----', b: '++-+----' }), 'a');
  assert.ok(Math.abs(row.phi - correlation([1, 1, 1, 0, 0, 0, 0, 0], [1, 1, 0, 1, 0, 0, 0, 0])) < 1e-12);
  assert.deepEqual([row.percentWith, row.percentWithout], [66.7, 20]);
});

test('attributeAssociations leaves out attributes that all photos or none have', () => {
  const rows = dataset.attributeAssociations(table({ a: '+-', all: '++', none: '--', b: '-+' }), 'a');
  assert.deepEqual(
    rows.map(({ attribute }) => attribute),
    ['b'],
  );
});

test('attributeAssociations names the attributes there are where it is asked for another', () => {
  const words = /^InputError: attributeAssociations: found no attribute "c", expected one of a, b/;
  assert.throws(() => dataset.attributeAssociations(table({ a: '+-', b: '-+' }), 'c'), words);
});
