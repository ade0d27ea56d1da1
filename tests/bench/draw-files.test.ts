/** Which photos a whole program is measured on. */

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { InputError, project } from 'celeba-lab';
import sharp from 'sharp';
import { drawFiles } from '../../scripts/bench/draw-files';
import { zipFile } from '../bad-input/zip-file';

const NAMES = ['cats', 'dogs'].flatMap((kind) => Array.from({ length: 4 }, (_, i) => `${kind}/${i}.jpg`));

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'draw-files-'));
  for (const [i, name] of NAMES.entries()) {
    await mkdir(join(folder, 'photos', name, '..'), { recursive: true });
    const color = { r: 20 * i, g: 100, b: 200 };
    await sharp({ create: { width: 24, height: 32, channels: 3, background: color } }).toFile(
      join(folder, 'photos', name),
    );
  }
});
after(() => rm(folder, { recursive: true }));

function settingsOf(dataset: string, seed: string): project.Settings {
  return project.readSettings({ DATASET: join(folder, dataset), OUTPUTS: join(folder, 'outputs'), SEED: seed });
}

test('drawFiles draws so many photos, the same for a seed, others for another', async () => {
  const draw = (seed: string) => drawFiles(settingsOf('photos', seed), 3);
  const [first, again, other] = [await draw('1'), await draw('1'), await draw('2')];
  assert.equal(first.length, 3);
  assert.ok(first.every((file) => NAMES.some((name) => file === join(folder, 'photos', name))));
  assert.deepEqual(again, first);
  assert.notDeepEqual(other, first);
  assert.equal((await drawFiles(settingsOf('photos', '1'), 100)).length, NAMES.length);
});

test('drawFiles names a photo in an archive, which other programs cannot read', async () => {
  const parts = NAMES.map(async (name) => ({ name, data: await readFile(join(folder, 'photos', name)) }));
  await writeFile(join(folder, 'photos.zip'), zipFile(await Promise.all(parts)));
  await assert.rejects(drawFiles(settingsOf('photos.zip', '1'), 3), (error: Error) => {
    assert.ok(error instanceof InputError);
    return /photos\.zip\/(cats|dogs)\/\d\.jpg: found a photo in an archive, expected files/.test(error.message);
  });
});
