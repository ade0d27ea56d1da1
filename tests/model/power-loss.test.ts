/** A loss of power at every step of saving a model in the place of another one. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { model, tf } from 'celeba-lab';
import { losePowerAtEachStep } from '../files/power-loss';
import { temporaryFolder } from '../photos/write-photos';
import { brightnessModel, TINY_DESCRIPTION } from './brightness-model';

/** The same model with another bias. */
function modelWithBias(bias: number): tf.Sequential {
  const changed = brightnessModel();
  const decision = changed.getLayer('decision');
  decision.setWeights([decision.getWeights()[0], tf.fill([2], bias)]);
  return changed;
}

async function biasIn(folder: string): Promise<number> {
  const loaded = await model.loadClassifier(join(folder, 'model'));
  const [, bias] = loaded.model.getWeights();
  const [value] = bias.dataSync();
  loaded.model.dispose();
  return value;
}

test('after a loss of power at any step of saving a model the older or the newer one is there, whole', async (t) => {
  const root = temporaryFolder(t);
  const save = (bias: number) => model.saveClassifier(join(root, 'model'), modelWithBias(bias), TINY_DESCRIPTION);
  await save(1);
  let saved = 1;
  const work = async () => {
    for (const bias of [2, 3]) {
      await save(bias);
      saved = bias;
    }
  };
  const seen = new Set<number>();
  await losePowerAtEachStep(t, root, work, async (folder, step) => {
    const bias = await biasIn(folder);
    assert.ok(bias === saved || bias === saved + 1, `model ${bias} after ${saved}: ${step}`);
    seen.add(bias);
  });
  assert.deepEqual([...seen], [1, 2, 3]);
});
