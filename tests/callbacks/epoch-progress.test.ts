import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callbacks } from 'celeba-lab';
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
  assert.match(first, /^Epoch 1 of 2, batch 1 of 4: loss \d\.\d{4}, accuracy \d+\.\d %, 30 s left$/);
  assert.match(second, /^Epoch 1 of 2, batch 2 of 4: loss \d\.\d{4}, accuracy \d+\.\d %, 20 s left$/);
});

test('a long wait is told in minutes', async () => {
  assert.match(lines(await viewsOf(100_000))[0], /, 5 min left$/);
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
      'Epoch 1 of 1, batch 1 of 4: loss #, accuracy # %, 5 s left',
      'Epoch 1 of 1, batch 4 of 4: loss #, accuracy # %, 0 s left',
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
