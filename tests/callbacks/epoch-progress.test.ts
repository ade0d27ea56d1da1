import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callbacks, tf } from 'celeba-lab';
import { tinyBatches, tinyModel } from './tiny-training';

const STEPS = 4;

/** Trains two epochs of four batches, each batch taking `msPerBatch` on the callback's clock. */
async function viewsOf(msPerBatch: number, validated = true): Promise<callbacks.TrainingView[]> {
  const views: callbacks.TrainingView[] = [];
  let ms = 0;
  const progress = new callbacks.EpochProgress({
    stepsPerEpoch: STEPS,
    accuracy: 'categoricalAccuracy',
    display: { update: (view) => void views.push(view) },
    now: () => ms,
  });
  const train = tinyBatches(STEPS).mapAsync(async (batch) => {
    ms += msPerBatch;
    return Promise.resolve(batch);
  });
  const validationData = validated ? tinyBatches(1) : undefined;
  await tinyModel().fitDataset(train, { epochs: 2, verbose: 0, validationData, callbacks: [progress] });
  return views;
}

const lines = (views: callbacks.TrainingView[]): string[] => views.map((view) => view.progress);

test('the progress line moves inside an epoch, with loss, accuracy and the time left', async () => {
  const [first, second] = lines(await viewsOf(10_000));
  assert.match(first, /^Epoch 1 of 2, batch 1 of 4: loss \d\.\d{4}, accuracy \d+\.\d %, 30 s left in this epoch$/);
  assert.match(second, /^Epoch 1 of 2, batch 2 of 4: loss \d\.\d{4}, accuracy \d+\.\d %, 20 s left in this epoch$/);
});

test('a long wait is told in minutes', async () => {
  assert.match(lines(await viewsOf(100_000))[0], /, 5 min left in this epoch$/);
});

test('within 500 ms only the first and the last batch of an epoch are shown', async () => {
  const shown = lines(await viewsOf(1)).filter((line) => line.includes('Epoch 1 of 2, batch'));
  assert.equal(shown.length, 2);
  assert.match(shown[1], /batch 4 of 4: .*, validating$/);
});

test('an epoch ends with a line of its training and validation figures, and with its row', async () => {
  const views = await viewsOf(1);
  const end = views.find((view) => view.rows.length === 1)!;
  assert.match(
    end.progress,
    /^Epoch 1 of 2: loss \d\.\d{4}, accuracy \d+\.\d %, validation loss \d\.\d{4}, validation accuracy \d+\.\d %$/,
  );
  assert.equal(end.rows[0].epoch, 1);
});

test('the last view is done, holds all rows and no timing', async () => {
  const last = (await viewsOf(1)).at(-1)!;
  assert.equal(last.done, true);
  assert.equal(last.progress, 'Trained 2 of 2 epochs');
  assert.equal(last.rows.length, 2);
  assert.ok(last.rows.every((row) => !('seconds' in row)));
});

test('only the last view is done', async () => {
  const done = (await viewsOf(10_000)).map((view) => view.done);
  assert.deepEqual(done, [...Array<boolean>(done.length - 1).fill(false), true]);
});

test('without validation the figures are those of training alone', async () => {
  const views = await viewsOf(1, false);
  assert.ok(lines(views).every((line) => !line.includes('valid')));
});

test('without a display, each line goes to print, those within an epoch 5 s apart', async () => {
  const printed: string[] = [];
  let ms = 0;
  const options = { stepsPerEpoch: STEPS, print: (line: string) => printed.push(line), now: () => (ms += 1500) };
  const progress = new callbacks.EpochProgress(options);
  await tinyModel().fitDataset(tinyBatches(STEPS), { epochs: 1, verbose: 0, callbacks: [progress] });
  assert.deepEqual(
    printed.map((line) => line.replace(/\d\.\d{4}/, '#').replace(/\d+\.\d %/, '# %')),
    [
      'Epoch 1 of 1, batch 1 of 4: loss #, accuracy # %, 5 s left in this epoch',
      'Epoch 1 of 1, batch 4 of 4: loss #, accuracy # %, 0 s left in this epoch',
      'Epoch 1 of 1: loss #, accuracy # %',
      'Trained 1 of 1 epochs',
    ],
  );
});

test('loss and accuracy are means over the epoch so far, as in its row', async () => {
  const views = await viewsOf(10_000);
  const batch4 = views.find((view) => view.progress.startsWith('Epoch 1 of 2, batch 4 of 4'))!;
  const { loss, categoricalAccuracy } = views.at(-1)!.rows[0];
  const expected = `loss ${loss.toFixed(4)}, accuracy ${(100 * categoricalAccuracy!).toFixed(1)} %`;
  assert.ok(batch4.progress.includes(expected), `${batch4.progress} / ${expected}`);
});

/** The lines of a training whose batches take `batchMs` on the callback's clock, without a display. */
async function printedLines(train: ReturnType<typeof tinyBatches>, steps: number, batchMs: number): Promise<string[]> {
  const printed: string[] = [];
  let ms = 0;
  const now = (): number => ms;
  const print = (line: string): void => void printed.push(line);
  const progress = new callbacks.EpochProgress({ stepsPerEpoch: steps, print, now });
  const timed = train.mapAsync(async (batch) => {
    ms += batchMs;
    return Promise.resolve(batch);
  });
  // The validation takes 7 s.
  const validationData = tinyBatches(1).mapAsync(async (batch) => {
    ms += 7000;
    return Promise.resolve(batch);
  });
  await tinyModel().fitDataset(timed, { epochs: 2, verbose: 0, validationData, callbacks: [progress] });
  return printed;
}

test('a batch of few photos counts little in the means, as in the row of its epoch', async () => {
  const batches = tf.data.generator(function* () {
    for (const count of [4, 1]) {
      const ys = tf.tidy(() => tf.oneHot(tf.zeros([count], 'int32'), 2).toFloat());
      yield { xs: tf.randomNormal([count, 3], 0, 1, 'float32', count), ys };
    }
  } as () => Generator<tf.TensorContainer>);
  const lines = await printedLines(batches, 2, 10_000);
  const [first, both, row] = lines.slice(0, 3).map((line) => Number(/loss ([\d.]+)/.exec(line)![1]));
  assert.equal(both, row);
  const second = 5 * both - 4 * first;
  assert.ok(Math.abs((first + second) / 2 - both) > 0.01, 'the test needs batches of different losses');
});

test('from the second epoch on the time left includes the validation', async () => {
  const lines = await printedLines(tinyBatches(4), 4, 10_000);
  const left = lines.map((line) =>
    /^Epoch (\d) of 2, batch (\d) of 4: .*, (\d+ s left in this epoch|validating)$/.exec(line),
  );
  assert.deepEqual(
    left.filter((match) => match !== null).map((match) => match.slice(1).join(' ')),
    [
      '1 1 30 s left in this epoch',
      '1 2 20 s left in this epoch',
      '1 3 10 s left in this epoch',
      '1 4 validating',
    ].concat([
      '2 1 37 s left in this epoch',
      '2 2 27 s left in this epoch',
      '2 3 17 s left in this epoch',
      '2 4 validating',
    ]),
  );
});

test('a wait is told in seconds below two minutes, then in minutes', async () => {
  const [below, from] = [await viewsOf(30_000), await viewsOf(40_000)];
  assert.match(below[0].progress, /, 90 s left in this epoch$/);
  assert.match(from[0].progress, /, 2 min left in this epoch$/);
});

test('without a display, 5 s lie between two lines of an epoch, but for its last batch', async () => {
  const lines = await printedLines(tinyBatches(13), 13, 1000);
  const batches = lines.flatMap((line) => /^Epoch 1 of 2, batch (\d+) of 13/.exec(line)?.[1] ?? []);
  assert.deepEqual(batches, ['1', '6', '11', '13']);
});
