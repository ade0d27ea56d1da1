import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callbacks, InputError } from 'celeba-lab';
import { trainScripted } from './tiny-training';

class Watcher extends callbacks.Monitor {
  readonly verdicts: callbacks.Verdict[] = [];

  protected override async judged(verdict: callbacks.Verdict): Promise<void> {
    this.verdicts.push(verdict);
  }
}

const improvements = (watcher: Watcher): boolean[] => watcher.verdicts.map((verdict) => verdict.improved);

test('a lower val_loss is better by default, and an equal one is not', async () => {
  const watcher = new Watcher();
  await trainScripted([0.5, 0.4, 0.4, 0.6, 0.3], [watcher]);
  assert.deepEqual(improvements(watcher), [true, true, false, false, true]);
  assert.equal(watcher.best, 0.3);
  assert.equal(watcher.bestEpoch, 5);
});

test('with mode max a higher value is better', async () => {
  const watcher = new Watcher({ mode: 'max' });
  await trainScripted([0.5, 0.4, 0.7], [watcher]);
  assert.deepEqual(improvements(watcher), [true, false, true]);
});

test('mode auto takes higher accuracy for better', async () => {
  const watcher = new Watcher({ monitor: 'val_categoricalAccuracy' });
  await trainScripted([0.5], [watcher]);
  assert.equal(watcher.verdicts[0].improved, true);
});

test('mode auto refuses a name that tells no direction, and says what to set', () => {
  assert.throws(
    () => new Watcher({ monitor: 'val_temperature' }),
    /Watcher, mode 'auto': found "val_temperature".*mode: 'min'/,
  );
});

test('a change of minDelta or less does not count', async () => {
  const watcher = new Watcher({ minDelta: 0.125 });
  await trainScripted([0.5, 0.375, 0.25], [watcher]);
  assert.deepEqual(improvements(watcher), [true, false, true]);
});

test('a negative minDelta is refused', () => {
  assert.throws(() => new Watcher({ minDelta: -1 }), /^InputError: Watcher, minDelta: found -1, expected 0 or more/);
});

test('an unknown mode is refused', () => {
  assert.throws(() => new Watcher({ mode: 'lowest' as 'min' }), /found "lowest", expected 'min', 'max' or 'auto'/);
});

test('NaN is never better, not even in the first epoch', async () => {
  const watcher = new Watcher();
  await trainScripted([NaN, 0.4, NaN, 0.3], [watcher]);
  assert.deepEqual(improvements(watcher), [false, true, false, true]);
});

test('infinity is never better, not even with mode max', async () => {
  const watcher = new Watcher({ mode: 'max' });
  await trainScripted([Infinity, 0.4, Infinity], [watcher]);
  assert.deepEqual(improvements(watcher), [false, true, false]);
});

test('a metric that is not logged ends the fit before its first batch, naming those that are', async () => {
  const watcher = new callbacks.EarlyStopping({ monitor: 'val_los', mode: 'min' });
  let batches = 0;
  const counter = new (class extends callbacks.EarlyStopping {
    override async onBatchEnd(): Promise<void> {
      batches += 1;
    }
  })();
  await assert.rejects(trainScripted([0.5], [counter, watcher]), (error: Error) => {
    assert.ok(error instanceof InputError);
    assert.match(
      error.message,
      /^EarlyStopping monitors "val_los", which isn't logged: found loss, acc, categoricalAccuracy, val_loss/,
    );
    return true;
  });
  assert.equal(batches, 0);
});

test('a second fit with the same callback begins without a best value', async () => {
  const watcher = new Watcher();
  await trainScripted([0.1], [watcher]);
  await trainScripted([0.5], [watcher]);
  assert.equal(watcher.best, 0.5);
});

test('with mode max an equal value is not better', async () => {
  const watcher = new Watcher({ mode: 'max' });
  await trainScripted([0.5, 0.7, 0.7], [watcher]);
  assert.deepEqual(improvements(watcher), [true, true, false]);
});
