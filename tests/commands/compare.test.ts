import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { evaluation } from 'celeba-lab';
import type { KeptRows } from '../../scripts/compare';
import type { RateRow } from '../../scripts/compare/rates';
import { plain } from '../photos/write-photos';
import { runCommand, type CommandResult } from './run-command';

let outputs: string;

before(async () => {
  outputs = await mkdtemp(join(tmpdir(), 'compare-'));
});

after(() => rm(outputs, { recursive: true }));

/** A few drawings, small batches, one epoch. */
const FEW = { TRAIN: '12', VALID: '4', TEST: '4', BATCH: '4', EPOCHS: '1' };

function compare(...args: string[]): Promise<CommandResult> {
  return runCommand('compare.ts', args, { ...FEW, OUTPUTS: outputs });
}

/** Ten pictures, each of its own colour. */
async function makeFolder(path: string, first: number): Promise<void> {
  await mkdir(path, { recursive: true });
  for (let i = 0; i < 10; i++) await plain(24, 24, [20 * i, 80 + 100 * first, i]).toFile(join(path, `${i}.jpg`));
}

async function written<T>(name: string): Promise<T> {
  return JSON.parse(await readFile(join(outputs, name), 'utf8')) as T;
}

test('compare trains each recipe with each seed, keeps what it can be compared by, and trains nothing twice', async () => {
  const first = await compare('--seeds', '1', '--recipes', 'scaled,improved');
  assert.equal(first.code, 0, first.stderr);
  const { runs, labels } = await written<evaluation.RecipeComparison>('compare.json');
  assert.deepEqual(
    runs.map(({ recipe, seed, epochs, answers }) => [recipe, seed, epochs.length, answers?.length]),
    [
      ['scaled', 1, 1, labels.length],
      ['improved', 1, 1, labels.length],
    ],
  );
  assert.equal(labels.length, 4);
  assert.match(first.stdout, /seed 1: only scaled right \d+, only improved right \d+, p = /);
  const again = await compare('--seeds', '1', '--recipes', 'scaled,improved');
  assert.doesNotMatch(again.stdout, /epoch 1/);
  assert.match(again.stdout, /improved: test .* over 1 seed/);
});

test('compare begins anew for other photos, though they are as many and have the same labels', async () => {
  const folder = join(outputs, 'classes');
  for (const [i, name] of ['cat', 'dog'].entries()) await makeFolder(join(folder, name), i);
  const own = join(outputs, 'own');
  const train = (seed: string) =>
    runCommand('compare.ts', ['--seeds', '1', '--recipes', 'scaled'], {
      ...{ ...FEW, OUTPUTS: own, DATASET: folder, SEED: seed },
    });
  const first = await train('1');
  assert.equal(first.code, 0, first.stderr);
  const other = await train('2');
  assert.match(other.stdout, /of other photos, settings or recipes: begins anew/);
  assert.match(other.stdout, /epoch 1/);
});

test('compare says what it found, what the label is, and which photos it leaves out', async () => {
  const folder = join(outputs, 'with-a-bad-one');
  for (const [i, name] of ['cat', 'dog'].entries()) await makeFolder(join(folder, name), i);
  await writeFile(join(folder, 'cat', 'bad.jpg'), 'no photo');
  const own = join(outputs, 'rejecting');
  const { code, stdout, stderr } = await runCommand('compare.ts', ['--seeds', '1', '--recipes', 'scaled'], {
    ...{ BATCH: '8', EPOCHS: '1', OUTPUTS: own, DATASET: folder },
  });
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^with-a-bad-one: one folder a class \(cat, dog\), 21 photos/);
  assert.match(stdout, /A label is the model's guess in which of with-a-bad-one's folders a photo/);
  assert.match(stdout, /1 of 21 photos left out \(4\.8 %\): 1 x text, not a picture \(cat\/bad\.jpg\)/);
  assert.match(await readFile(join(own, 'rejects.csv'), 'utf8'), /,cat\/bad\.jpg,/);
});

test('compare does not begin anew over a compare.json that it cannot read', async () => {
  const own = join(outputs, 'unreadable');
  await mkdir(join(own, 'compare.json'), { recursive: true });
  const { code, stdout, stderr } = await runCommand('compare.ts', ['--seeds', '1', '--recipes', 'scaled'], {
    ...FEW,
    OUTPUTS: own,
  });
  assert.equal(code, 1, stderr);
  assert.match(stderr, /EISDIR/);
  assert.doesNotMatch(stdout, /scaled, seed 1/);
});

test('compare --rates trains with the found rate and with five fixed ones, from the same first weights, each once', async () => {
  const { code, stdout, stderr } = await compare('--rates');
  assert.equal(code, 0, stderr);
  const { rows, facts } = await written<KeptRows<RateRow>>('compare-rates.json');
  assert.deepEqual(
    rows.map(({ found }) => found),
    [true, false, false, false, false, false],
  );
  assert.equal(new Set(rows.map(({ val_loss }) => val_loss)).size, 6);
  const report = /[^\n]*\(found\) +validation loss[\s\S]*/;
  assert.match(stdout, report);
  // As after a run that was cut off before its last rate.
  await writeFile(join(outputs, 'compare-rates.json'), JSON.stringify({ facts, rows: rows.slice(0, 5) }));
  const again = await compare('--rates');
  assert.deepEqual(again.stdout.match(/^learning rate .*/gm), ['learning rate 0.010']);
  assert.equal(report.exec(again.stdout)?.[0], report.exec(stdout)?.[0]);
});

test('compare refuses an option that it does not know, and --rates with what it leaves aside', async () => {
  for (const words of [['--fast'], ['--rates', '--seeds', '2']]) {
    const { code, stderr } = await compare(...words);
    assert.deepEqual([code, stderr.includes(words[0])], [2, true], stderr);
  }
});

test('compare refuses a recipe that it does not know, naming those that it does', async () => {
  const { code, stderr } = await compare('--recipes', 'best');
  assert.equal(code, 2);
  assert.match(stderr, /best.*article, scaled, improved/s);
});
