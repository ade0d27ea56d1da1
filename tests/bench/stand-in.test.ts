/** The stand-in for CelebA, where it can't be made. */

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { InputError } from 'celeba-lab';
import sharp from 'sharp';
import { writeStandIn } from '../../scripts/bench/stand-in';
import { setVariable } from './set-variable';

let folder: string;
before(async () => (folder = await mkdtemp(join(tmpdir(), 'stand-in-'))));
after(() => rm(folder, { recursive: true }));

test('class folders of PNG and WebP are refused in one sentence, before anything is written', async (t) => {
  const [photos, target] = [join(folder, 'photos'), join(folder, 'target')];
  const grey = sharp({ create: { width: 8, height: 8, channels: 3, background: '#808080' } });
  for (const name of ['a', 'b']) {
    await mkdir(join(photos, name), { recursive: true });
    for (let i = 0; i < 10; i++) await writeFile(join(photos, name, `${i}.png`), await grey.clone().png().toBuffer());
    await writeFile(join(photos, name, '10.webp'), await grey.clone().webp().toBuffer());
  }
  await mkdir(target);
  t.after(setVariable('DATASET', photos));
  const sentence = /^DATASET=.*: found none of 22 photos with the ending \.jpg or \.jpeg, expected JPEGs/;
  await assert.rejects(writeStandIn(target), (error) => error instanceof InputError && sentence.test(error.message));
  assert.deepEqual(await readdir(target), []);
});
