import assert from 'node:assert/strict';
import fsPromises, { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { callbacks, InputError, tf } from 'celeba-lab';
import { losePowerAtEachStep } from '../files/power-loss';
import { tinyBatches, tinyModel, trainScripted } from './tiny-training';

async function logFile(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'training-log-'));
  t.after(() => rm(folder, { recursive: true }));
  return join(folder, 'training', 'log.jsonl');
}

test('TrainingLog writes a line of settings and one for each epoch', async (t) => {
  const file = await logFile(t);
  let ms = 0;
  const now = () => (ms += 1250);
  await trainScripted([0.5, 0.4], [new callbacks.TrainingLog({ file, settings: { batchSize: 4 }, now })]);
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  assert.equal(lines.length, 3);
  assert.deepEqual(JSON.parse(lines[0]), { settings: { batchSize: 4 }, epochs: 2 });
  const row = JSON.parse(lines[2]) as callbacks.EpochRow;
  assert.deepEqual(Object.keys(row), [
    ...['epoch', 'loss', 'acc', 'categoricalAccuracy', 'val_loss', 'val_acc', 'val_categoricalAccuracy'],
    ...['learningRate', 'seconds'],
  ]);
  assert.equal(row.epoch, 2);
  assert.equal(row.val_loss, 0.4);
  assert.equal(row.learningRate, 0.001);
  assert.equal(row.seconds, 1.3);
});

test('each epoch is on the disk before the next one begins', async (t) => {
  const file = await logFile(t);
  const counts: number[] = [];
  const reader = new (class extends callbacks.TrainingLog {
    override async onEpochBegin(): Promise<void> {
      await super.onEpochBegin();
      counts.push((await callbacks.readTrainingLog(file)).length);
    }
  })({ file });
  await trainScripted([0.5, 0.4, 0.3], [reader]);
  assert.deepEqual(counts, [0, 1, 2]);
});

test('a new run begins the log anew and leaves no other file beside it', async (t) => {
  const file = await logFile(t);
  await trainScripted([0.5, 0.4], [new callbacks.TrainingLog({ file })]);
  await trainScripted([0.3], [new callbacks.TrainingLog({ file })]);
  assert.equal((await callbacks.readTrainingLog(file)).length, 1);
  assert.deepEqual(await readdir(dirname(file)), ['log.jsonl']);
});

test('readTrainingLog leaves timings out unless asked for', async (t) => {
  const file = await logFile(t);
  await trainScripted([0.5], [new callbacks.TrainingLog({ file })]);
  assert.equal('seconds' in (await callbacks.readTrainingLog(file))[0], false);
  assert.equal(typeof (await callbacks.readTrainingLog(file, { seconds: true }))[0].seconds, 'number');
});

test('readTrainingLog leaves out a last line that a crash cut off', async (t) => {
  const file = await logFile(t);
  await trainScripted([0.5, 0.4], [new callbacks.TrainingLog({ file })]);
  await appendFile(file, '{"epoch":3,"loss":0.2');
  const rows = await callbacks.readTrainingLog(file);
  assert.deepEqual(
    rows.map((row) => row.epoch),
    [1, 2],
  );
});

test('readTrainingLog gives NaN where a loss was NaN', async (t) => {
  const file = await logFile(t);
  await trainScripted([NaN], [new callbacks.TrainingLog({ file })]);
  assert.equal((await callbacks.readTrainingLog(file))[0].val_loss, NaN);
});

test('readTrainingLog names a damaged line', async (t) => {
  const file = await logFile(t);
  await trainScripted([0.5], [new callbacks.TrainingLog({ file })]);
  await writeFile(file, (await readFile(file, 'utf8')).replace('{"epoch":1', '#') + '{"epoch":2,"loss":1}\n');
  await assert.rejects(
    callbacks.readTrainingLog(file),
    /log\.jsonl, line 2: found "#,"loss".*expected an epoch as JSON/,
  );
});

test('readTrainingLog of a missing file says to train first', async (t) => {
  const file = await logFile(t);
  await assert.rejects(callbacks.readTrainingLog(file), (error: Error) => {
    assert.ok(error instanceof InputError);
    assert.match(error.message, /no such file.*Run the training first/);
    return true;
  });
});

test('an interrupted epoch is not logged', async (t) => {
  const file = await logFile(t);
  const lines: string[] = [];
  await callbacks.interruptible(
    (interrupt) => {
      interrupt.request();
      const fit = { epochs: 3, verbose: 0, callbacks: [interrupt, new callbacks.TrainingLog({ file })] };
      return tinyModel().fitDataset(tinyBatches(2), fit);
    },
    { print: (line) => lines.push(line) },
  );
  assert.deepEqual(await callbacks.readTrainingLog(file), []);
  assert.match(lines[0], /in epoch 1, batch 1/);
});

test('checkSamePhotos passes the log of the same photos and refuses that of others, of no epoch, or of a run that kept none', async (t) => {
  const file = await logFile(t);
  await trainScripted([0.5], [new callbacks.TrainingLog({ file, settings: { photos: 'fc09' } })]);
  await callbacks.checkSamePhotos(file, 'fc09');
  await assert.rejects(callbacks.checkSamePhotos(file, '0a1b'), /a training on other photos.*Run notebook 3/);
  const [header] = (await readFile(file, 'utf8')).split('\n');
  await writeFile(file, `${header}\n`);
  await assert.rejects(callbacks.checkSamePhotos(file, 'fc09'), /no epoch has ended.*Run notebook 3/);
  await trainScripted([0.5], [new callbacks.TrainingLog({ file })]);
  await assert.rejects(callbacks.checkSamePhotos(file, 'fc09'), /a training on other photos/);
  await writeFile(file, '#\n');
  await assert.rejects(callbacks.checkSamePhotos(file, 'fc09'), /a training on other photos/);
});

test('checkSamePhotos without a log says to train first', async (t) => {
  await assert.rejects(callbacks.checkSamePhotos(await logFile(t), 'fc09'), /no such file.*Run the training first/);
});

test('TrainingLog still has every epoch that has ended after a loss of power', async (t) => {
  const folder = dirname(dirname(await logFile(t)));
  const file = join(folder, 'log.jsonl');
  let ended = 0;
  const end = new tf.CustomCallback({
    onEpochEnd: async (epoch) => {
      ended = epoch + 1;
      // A step at which the disk is looked at.
      await fsPromises.mkdir(join(folder, `after ${ended}`));
    },
  }) as unknown as tf.Callback;
  const work = async (): Promise<void> => {
    await trainScripted([0.5, 0.4, 0.3], [new callbacks.TrainingLog({ file }), end]);
  };
  await losePowerAtEachStep(t, folder, work, async (state) => {
    if (ended === 0) return;
    assert.ok((await callbacks.readTrainingLog(join(state, 'log.jsonl'))).length >= ended);
  });
  assert.equal(ended, 3);
});
