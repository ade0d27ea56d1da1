import { plots } from 'celeba-lab';
import assert from 'node:assert/strict';
import { test } from 'node:test';

// What any JavaScript object has, and a word of Vega's expressions: all of them may be the names of folders.
const NAMES = [...Object.getOwnPropertyNames(Object.prototype), 'length', 'prototype', 'datum', 'undefined', "it's"];

/** All charts with names that a dataset gives, with two of them. */
function chartsOf(name: string, other: string): Record<string, plots.ChartSpec> {
  const both = [name, other];
  const share = { percentWith: 30, percentWithout: 20 };
  const figures = { accuracy: 0.9, low: 0.8, high: 0.95, n: 9 };
  const counts = both.map((one, i) => ({ class: one, count: 5 + i }));
  return {
    classCounts: plots.classCounts(counts),
    partCounts: plots.partCounts(['train', 'test'].flatMap((part) => counts.map((row) => ({ part, ...row })))),
    confusionMatrix: plots.confusionMatrix({
      classNames: both,
      counts: [
        [489, 11],
        [7, 493],
      ],
    }),
    attributeAssociations: plots.attributeAssociations(
      both.map((attribute, i) => ({ attribute, phi: 0.5 - i, ...share })),
      name,
    ),
    attributeShares: plots.attributeShares(
      both.map((attribute, i) => ({ attribute, percent: 50 + i, learned: i === 0 })),
    ),
    accuracyInterval: plots.accuracyInterval(both.map((one) => ({ name: one, ...figures }))),
  };
}

test('charts draw any name, also those that every object of JavaScript has', async () => {
  for (const name of NAMES) {
    const plain = chartsOf('x', 'y');
    for (const [chart, spec] of Object.entries(chartsOf(name, 'y'))) {
      const svg = await plots.specToSvg(spec);
      assert.ok(svg.includes(`>${name}<`) && svg.includes('>y<'), `${chart} without ${name}`);
      const marks = (drawing: string): number => drawing.split('<path').length;
      assert.equal(marks(svg), marks(await plots.specToSvg(plain[chart])), `${chart} of ${name}`);
    }
  }
});

test('charts keep the order in which names are given', async () => {
  for (const [chart, spec] of Object.entries(chartsOf('zebra', 'ant'))) {
    const svg = await plots.specToSvg(spec);
    assert.ok(svg.indexOf('>zebra<') < svg.indexOf('>ant<'), chart);
  }
});
