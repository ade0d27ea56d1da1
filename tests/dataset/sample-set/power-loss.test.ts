/** A loss of power at every step of drawing the sample set. */

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { drawSampleSet } from 'celeba-lab/dist/dataset/sample-set';
import { losePowerAtEachStep } from '../../files/power-loss';
import { temporaryFolder } from '../../photos/write-photos';

/** The bytes of each file below a folder, by its path. */
function bytesBelow(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true }).map(String).sort();
  const names = paths.filter((path) => statSync(join(folder, path)).isFile());
  return Object.fromEntries(names.map((path) => [path, readFileSync(join(folder, path), 'latin1')]));
}

test('after a loss of power at any step of drawing the sample set it is there, whole, or its folder is missing', async (t) => {
  const options = { seed: 5, photoCount: 24 };
  const whole = join(temporaryFolder(t), 'sample');
  await drawSampleSet(whole, options);
  const expected = bytesBelow(whole);
  const root = temporaryFolder(t);
  let [missing, found, isDrawn] = [0, 0, false];
  const draw = async () => {
    await drawSampleSet(join(root, 'sample'), options);
    isDrawn = true;
  };
  await losePowerAtEachStep(t, root, draw, (folder, step) => {
    const sample = join(folder, 'sample');
    if (!existsSync(sample)) missing += 1;
    else {
      found += 1;
      assert.deepEqual(bytesBelow(sample), expected, step);
    }
    assert.ok(!isDrawn || existsSync(sample), step);
    return Promise.resolve();
  });
  assert.ok(missing > 0 && found > 0, `${missing} without it, ${found} with it`);
});
