/** A loss of power at every step of writing the state of a training. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { runState } from 'celeba-lab';
import { losePowerAtEachStep } from '../files/power-loss';
import { temporaryFolder } from '../photos/write-photos';

const EPOCHS = 4;

/** Weights of its own after each epoch, and best weights that change with every second one. */
function stateAfter(epochs: number): runState.RunState {
  const weights = { values: { rate: 0.1 }, arrays: [new Float32Array([epochs, 2, 3])] };
  const best = { arrays: [new Float32Array([Math.floor(epochs / 2), 7])], values: undefined };
  return { facts: { SEED: 1 }, epochs, ended: false, parts: { weights, best } };
}

function storeIn(folder: string): runState.RunStore {
  return new runState.RunStore(join(folder, 'training', 'state'));
}

test('after a loss of power at any step the last state that was written is there, or the one being written, whole', async (t) => {
  const root = temporaryFolder(t);
  let written = 0;
  const work = async () => {
    const store = storeIn(root);
    for (let epochs = 1; epochs <= EPOCHS; epochs++) {
      await store.write(stateAfter(epochs));
      written = epochs;
    }
  };
  const seen = new Set<number>();
  const checked = await losePowerAtEachStep(t, root, work, async (folder, step) => {
    const state = await storeIn(folder).read();
    const epochs = state?.epochs ?? 0;
    assert.ok(epochs === written || epochs === written + 1, `${epochs} epochs after ${written}: ${step}`);
    if (state) assert.deepEqual(state, stateAfter(epochs));
    seen.add(epochs);
  });
  assert.ok(checked > 100, `${checked} states`);
  assert.deepEqual([...seen], [0, 1, 2, 3, 4]);
});

test('after a loss of power while a state is taken away it is there whole, or not at all', async (t) => {
  const root = temporaryFolder(t);
  await storeIn(root).write(stateAfter(1));
  const seen = new Set<number>();
  await losePowerAtEachStep(
    t,
    root,
    () => storeIn(root).remove(),
    async (folder) => {
      const state = await storeIn(folder).read();
      if (state) assert.deepEqual(state, stateAfter(1));
      seen.add(state?.epochs ?? 0);
    },
  );
  assert.deepEqual([...seen].sort(), [0, 1]);
});
