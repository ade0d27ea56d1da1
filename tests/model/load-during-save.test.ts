/** Loads and amendments of a classifier while a training puts another one in its place, held up at the steps where the two meet. */

import assert from 'node:assert/strict';
import fsPromises, { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { model, tf } from 'celeba-lab';
import { brightnessModel, TINY_DESCRIPTION } from './brightness-model';

// As they are without the hooks below.
const { readFile, rename } = fsPromises;

let outputs: string;
let folder: string;

beforeEach(async () => {
  outputs = await mkdtemp(join(tmpdir(), 'classifier-'));
  folder = join(outputs, 'model');
});

afterEach(() => rm(outputs, { recursive: true }));

/** Saves a model whose first class is dark, or one with the classes the other way round. */
async function save(first: 'dark' | 'bright'): Promise<void> {
  const network = brightnessModel();
  if (first === 'bright') tf.tidy(() => network.setWeights(network.getWeights().map((weight) => weight.neg())));
  const classNames = first === 'dark' ? ['dark', 'bright'] : ['bright', 'dark'];
  await model.saveClassifier(folder, network, { ...TINY_DESCRIPTION, classNames }).finally(() => network.dispose());
}

/** The first class of the model that is loaded, whose names and weights must belong together. */
async function firstClass(): Promise<string> {
  const { model: network, classNames } = await model.loadClassifier(folder);
  const white = tf.fill([1, 24, 32, 3], 100);
  const answer = tf.tidy(() => (network.predict(white) as tf.Tensor).argMax(1).dataSync()[0]);
  white.dispose();
  network.dispose();
  assert.equal(classNames[answer], 'bright');
  return classNames[0];
}

test('loadClassifier finds the older model up to the moment when a save puts the newer one in its place', async (t) => {
  await save('dark');
  const found: string[] = [];
  t.mock.method(fsPromises, 'rename', async (from: string, to: string) => {
    if (from === folder || to === folder) found.push(await firstClass());
    await rename(from, to);
    if (to === folder) found.push(await firstClass());
  });
  await save('bright');
  // Before the older folder is set aside, after that, and when the newer one has its name.
  assert.deepEqual(found, ['dark', 'dark', 'bright']);
});

for (const name of ['model.json', 'weights.bin']) {
  test(`loadClassifier finds the newer model whole where it takes the older one's place before ${name} is read`, async (t) => {
    await save('dark');
    let saves = 0;
    t.mock.method(fsPromises, 'readFile', async (...args: Parameters<typeof readFile>) => {
      if (args[0] === join(folder, name) && saves++ === 0) await save('bright');
      return readFile(...args);
    });
    assert.equal(await firstClass(), 'bright');
    assert.ok(saves > 0);
  });
}

/** A promise, and what fulfils it. */
function gate(): { passed: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  return { passed: new Promise<void>((resolve) => (open = resolve)), open: () => open() };
}

test('loadClassifier finds the newer model where the older one is set aside, and removed, in the midst of reading', async (t) => {
  await save('dark');
  const [asked, aside, readAside, saved] = [gate(), gate(), gate(), gate()];
  t.mock.method(fsPromises, 'readFile', async (...args: Parameters<typeof readFile>) => {
    const [path] = args;
    if (path === join(folder, 'model.json')) {
      asked.open();
      await aside.passed;
    }
    if (typeof path === 'string' && path.endsWith('.old/weights.bin')) {
      readAside.open();
      await saved.passed;
    }
    return readFile(...args);
  });
  t.mock.method(fsPromises, 'rename', async (from: string, to: string) => {
    await rename(from, to);
    if (from !== folder) return;
    aside.open();
    await readAside.passed;
  });
  const loading = firstClass();
  await asked.passed;
  await save('bright');
  saved.open();
  assert.equal(await loading, 'bright');
});

const TWO_MOMENTS = {
  'its weights were read': 'readFile',
  'its description was written aside': 'rename',
} as const;

for (const [moment, step] of Object.entries(TWO_MOMENTS)) {
  test(`amendClassifier leaves a model as it is that another process puts there after ${moment}, and says so`, async (t) => {
    await save('bright');
    const other = join(outputs, 'other');
    await rename(folder, other);
    await save('dark');
    let swaps = 0;
    const swapIn = async (): Promise<void> => {
      if (swaps++ > 0) return;
      await rename(folder, join(outputs, 'gone'));
      await rename(other, folder);
    };
    if (step === 'readFile')
      t.mock.method(fsPromises, step, async (...args: Parameters<typeof readFile>) => {
        const bytes = await readFile(...args);
        if (args[0] === join(folder, 'weights.bin')) await swapIn();
        return bytes;
      });
    else
      t.mock.method(fsPromises, step, async (from: string, to: string) => {
        if (to === join(folder, 'classifier.json')) await swapIn();
        await rename(from, to);
      });
    const message = /model: found other weights than were loaded from there .* load it again and measure it anew/;
    await assert.rejects(model.amendClassifier(folder, { secondOpinion: undefined }), message);
    assert.equal(swaps, 1);
    t.mock.restoreAll();
    assert.equal(await firstClass(), 'bright');
  });
}
