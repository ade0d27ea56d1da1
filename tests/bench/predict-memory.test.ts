/** The memory of npm run predict over many photos, as npm run bench measures it. */

import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { dataset, InputError } from 'celeba-lab';
import { measurePredict } from '../../scripts/bench/predict-memory';
import { saveTinyModel } from '../commands/predict/save-tiny-model';
import { celebaFrame } from '../faces/celeba-frame';
import { setVariable } from './set-variable';

const skip = process.platform === 'linux' ? false : 'needs /proc';

// glibc keeps what was freed, in which a leak of 100 MB may hide; with these the system gets it back.
const RETURN_FREED = { MALLOC_MMAP_THRESHOLD_: '65536', MALLOC_TRIM_THRESHOLD_: '131072' };

let folder: string;
let model: string;
let drawings: string[];
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'predict-memory-'));
  model = join(folder, 'model');
  await saveTinyModel(model, { frame: celebaFrame() });
  await dataset.drawSampleSet(join(folder, 'sample'), { photoCount: 60, seed: 1 });
  const photos = join(folder, 'sample', 'img_align_celeba');
  drawings = (await readdir(photos)).map((name) => join(photos, name));
});
after(() => rm(folder, { recursive: true }));

test('predict answers 60 photos, one that cannot be read included, in memory that stays flat', { skip }, async (t) => {
  for (const [name, value] of Object.entries(RETURN_FREED)) t.after(setVariable(name, value));
  const text = join(folder, 'text.jpg');
  await writeFile(text, 'a text');
  const figures = await measurePredict({ files: [...drawings.slice(0, 59), text], count: 60, model });
  assert.deepEqual([figures.photos, figures.unread], [60, 1]);
  assert.ok(figures.photosPerSecond > 0);
  const { residentBytesEarly: early, residentBytesMost: most } = figures;
  assert.ok(early > 1e8, `${early} bytes is less than TensorFlow alone needs`);
  // A photo's pixels as float32, kept for each of the other 54, would be 25 MB.
  assert.ok(most - early < 1.5e7, `${early} bytes within 6 photos, ${most} at most after them`);
});

test('a predict that breaks down is told with its own words', { skip }, async () => {
  const away = join(folder, 'away');
  await assert.rejects(measurePredict({ files: drawings, count: 40, model: away }), (error: Error) => {
    assert.ok(error instanceof InputError);
    return /^npm run predict: found 0 answers, exit code 2: .*away/.test(error.message);
  });
});
