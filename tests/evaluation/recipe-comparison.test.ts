import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, rmdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { evaluation } from 'celeba-lab';

const { classesText, pairRecipes, readComparison, summariseRecipes } = evaluation;

function run(recipe: string, seed: number, test: number, accuracies: number[], answers?: string) {
  const epochs = accuracies.map((val_accuracy, i) => ({ epoch: i + 1, val_loss: 0.1, val_accuracy }));
  return { recipe, seed, epochs, keptEpoch: accuracies.length, test, answers };
}

const RUNS = [
  run('scaled', 1, 0.96, [0.97, 0.99, 0.95, 0.96], '1100'),
  run('scaled', 2, 0.98, [0.97]),
  run('improved', 1, 0.99, [0.97, 0.98], '1101'),
  run('improved', 2, 0.99, [0.97, 0.98], '1111'),
];

test('summariseRecipes gives mean, ends and the largest fall from one epoch to the next', () => {
  const [scaled, improved] = summariseRecipes({ runs: RUNS });
  assert.deepEqual([scaled.recipe, scaled.seeds, scaled.lowest, scaled.highest], ['scaled', 2, 0.96, 0.98]);
  assert.ok(Math.abs(scaled.mean - 0.97) < 1e-12 && Math.abs(scaled.largestFall - 0.04) < 1e-12);
  assert.equal(improved.largestFall, 0);
});

test('pairRecipes reads answers of any number of classes', () => {
  const labels = [0, 5, 10, 11, 3];
  const answers = { scaled: [0, 5, 1, 11, 3], improved: [0, 5, 10, 11, 2] };
  const runs = Object.entries(answers).map(([recipe, given]) => ({
    ...RUNS[0],
    recipe,
    seed: 1,
    answers: classesText(given),
  }));
  const [pair] = pairRecipes({ labels: classesText(labels), runs }, 'scaled', 'improved');
  assert.deepEqual([pair.n, pair.onlyFirst, pair.onlySecond], [5, 1, 1]);
});

test('a single photo of a class of two digits is one photo', () => {
  const runs = ['scaled', 'improved'].map((recipe) => ({ ...RUNS[0], recipe, answers: classesText([10]) }));
  const [pair] = pairRecipes({ labels: classesText([10]), runs }, 'scaled', 'improved');
  assert.deepEqual([pair.n, pair.onlyFirst, pair.onlySecond], [1, 0, 0]);
});

test('pairRecipes compares the seeds for which both recipes kept their answers', () => {
  const paired = (runs: typeof RUNS) =>
    pairRecipes({ labels: '1111', runs }, 'scaled', 'improved').map(({ seed, n, onlyFirst, onlySecond }) => {
      return [seed, n, onlyFirst, onlySecond];
    });
  assert.deepEqual(paired(RUNS), [[1, 4, 0, 1]]);
  const otherOrder = [run('improved', 2, 1, [1], '1111'), run('improved', 1, 1, [1], '0111')];
  const twoSeeds = [run('scaled', 1, 1, [1], '1100'), run('scaled', 2, 1, [1], '1110'), ...otherOrder];
  assert.deepEqual(paired(twoSeeds), [
    [1, 4, 1, 2],
    [2, 4, 0, 1],
  ]);
});

test("readComparison takes a run's own result, and the committed one without it", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'compare-'));
  const committed = await readComparison(folder);
  assert.ok(committed.runs.length > 0 && committed.labels.length === committed.photos.test);
  await writeFile(join(folder, 'compare.json'), JSON.stringify({ ...committed, dataset: 'own' }));
  assert.equal((await readComparison(folder)).dataset, 'own');
  await rm(folder, { recursive: true });
});

test("readComparison never takes the committed result for a run's own that cannot be read", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'compare-'));
  await mkdir(join(folder, 'compare.json'));
  await assert.rejects(readComparison(folder), { code: 'EISDIR' });
  await rmdir(join(folder, 'compare.json'));
  for (const text of ['cut o', '{"dataset": "own"}']) {
    await writeFile(join(folder, 'compare.json'), text);
    await assert.rejects(readComparison(folder), { name: 'InputError', where: join(folder, 'compare.json') });
  }
  await rm(folder, { recursive: true });
});
