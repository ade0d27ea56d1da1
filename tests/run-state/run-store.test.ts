import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { runState, SystemFault } from 'celeba-lab';
import { fillDisk } from '../files/fill-disk';
import { temporaryFolder } from '../photos/write-photos';

/** After so many epochs: weights of their own, and a part that never changes. */
function stateAfter(epochs: number): runState.RunState {
  const weights = { values: { rate: 0.1 / epochs, best: NaN }, arrays: [new Float32Array([epochs, 2, 3])] };
  const same = { values: {}, arrays: [new Float32Array([7])] };
  return { facts: { SEED: 1 }, epochs, ended: false, parts: { weights, same } };
}

/** A store that holds the state after one epoch, in `training/state` of a temporary folder. */
async function filledStore(t: TestContext): Promise<runState.RunStore> {
  const store = new runState.RunStore(join(temporaryFolder(t), 'training', 'state'));
  await store.write(stateAfter(1));
  return store;
}

test('RunStore reads the state that was written last, and keeps no file of the one before', async (t) => {
  const store = await filledStore(t);
  assert.deepEqual(await store.read(), stateAfter(1));
  const before = await readdir(store.folder);
  await store.write(stateAfter(2));
  assert.deepEqual(await store.read(), stateAfter(2));
  const after = await readdir(store.folder);
  // The state, the weights, and the arrays that are the same in both.
  assert.deepEqual([before.length, after.length], [3, 3]);
  assert.equal(after.filter((name) => before.includes(name)).length, 2);
});

test('RunStore writes arrays anew of which only a part is left', async (t) => {
  const store = await filledStore(t);
  const arrays = (await readdir(store.folder)).filter((name) => name !== 'state.json');
  for (const name of arrays) await truncate(join(store.folder, name), 2);
  await assert.rejects(store.read(), /found other bytes than were written/);
  await store.write(stateAfter(2));
  assert.deepEqual(await store.read(), stateAfter(2));
});

test('RunStore goes on where JupyterLab, in which a file of the state was opened, has made a folder beside it', async (t) => {
  const store = await filledStore(t);
  const copies = join(store.folder, '.ipynb_checkpoints');
  await mkdir(copies);
  await writeFile(join(copies, 'state-checkpoint.json'), '{}');
  await store.write(stateAfter(2));
  assert.deepEqual(await store.read(), stateAfter(2));
  assert.equal((await readdir(store.folder)).length, 3);
});

for (const [code, found] of [
  ['ENOSPC', 'a full disk'],
  ['EDQUOT', "a full quota of the disk's"],
]) {
  test(`a write that ends with ${code} says how to go on, and the state before can still be read`, async (t) => {
    const store = await filledStore(t);
    // Once at the arrays, the first to be written, once at the state itself.
    for (const name of ['', 'state.json']) {
      fillDisk(t, code, name);
      await assert.rejects(store.write(stateAfter(2)), (error) => {
        assert.ok(error instanceof SystemFault, String(error));
        assert.equal(error.found, found);
        assert.match(
          error.message,
          /^training: .*the state of this epoch\. .*run again: it continues after the last epoch/,
        );
        return true;
      });
      t.mock.restoreAll();
      assert.deepEqual(await new runState.RunStore(store.folder).read(), stateAfter(1));
    }
    await store.write(stateAfter(2));
    assert.deepEqual(await store.read(), stateAfter(2));
    assert.equal((await readdir(store.folder)).length, 3);
  });
}

test('a write that fails for another reason ends with that one', async (t) => {
  const store = await filledStore(t);
  fillDisk(t, 'EIO');
  await assert.rejects(store.write(stateAfter(2)), { code: 'EIO' });
});

test('holdsEndOf tells an ended training of the same facts from one that goes on and from another one', async (t) => {
  const store = await filledStore(t);
  assert.equal(await store.holdsEndOf({ SEED: 1 }), false);
  await store.write({ ...stateAfter(2), ended: true });
  assert.equal(await store.holdsEndOf({ SEED: 1 }), true);
  assert.equal(await store.holdsEndOf({ SEED: 2 }), false);
});

test('a state.json of which one digit has changed is refused', async (t) => {
  const store = await filledStore(t);
  const file = join(store.folder, 'state.json');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace('"epochs":1', '"epochs":2'));
  await assert.rejects(store.read(), /state\/state\.json: found other bytes than were written/);
  assert.equal(await store.holdsEndOf({ SEED: 1 }), false);
  await writeFile(file, text);
  assert.deepEqual(await store.read(), stateAfter(1));
});

test('stateFolders names the trainings that have a state, and dropDone takes those away that are done', async (t) => {
  const outputs = temporaryFolder(t);
  assert.deepEqual(await runState.stateFolders(join(outputs, 'missing')), []);
  const [done, open] = ['improved', 'training'].map((name) => new runState.RunStore(join(outputs, name, 'state')));
  for (const store of [done, open]) await store.write(stateAfter(1));
  await writeFile(join(outputs, 'report.json'), '{}');
  await done.markDone();
  assert.deepEqual((await runState.stateFolders(outputs)).sort(), [done.folder, open.folder]);
  await runState.dropDone(outputs);
  assert.deepEqual(await runState.stateFolders(outputs), [open.folder]);
});

test('arrays of which one bit has changed are refused by the name of their file', async (t) => {
  const store = await filledStore(t);
  const [name] = (await readdir(store.folder)).filter((each) => each !== 'state.json');
  const bytes = await readFile(join(store.folder, name));
  bytes[1] ^= 1;
  await writeFile(join(store.folder, name), bytes);
  await assert.rejects(store.read(), new RegExp(`state/${name.slice(0, 12)}.*: found other bytes than were written`));
});
