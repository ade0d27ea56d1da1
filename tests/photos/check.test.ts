import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { defectsOf } from 'celeba-lab/dist/photos/check';
import { noise, writeGreys } from './write-photos';

test('defectsOf says of each photo why it cannot be read, and nothing of one that can', async (t) => {
  const all = await writeGreys(t, 6);
  writeFileSync(all[1].file, '');
  writeFileSync(all[4].file, (await noise(64, 64).jpeg().toBuffer()).subarray(0, 2000));
  const gone = { ...all[5], file: `${all[5].file}.gone` };
  const told: number[] = [];
  assert.deepEqual(await defectsOf([...all.slice(0, 5), gone], (done) => told.push(done)), [
    ...[undefined, 'an empty file (0 bytes)', undefined, undefined],
    ...['a file that ends early', 'no such file'],
  ]);
  assert.deepEqual(told, [1, 2, 3, 4, 5, 6]);
});
