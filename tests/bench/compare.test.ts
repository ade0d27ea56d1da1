/** The comparison with Keras, run on a handful of photos of three classes. */

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { dataset, photos, project } from 'celeba-lab';
import { compare } from '../../scripts/bench/compare';
import { FULL } from '../../scripts/bench/plan';
import { reportLines, reportOf } from '../../scripts/bench/report';
import { setVariable } from './set-variable';

const TINY = {
  ...{ ...FULL, batchSize: 2, forwardBatch: 2, trainPhotos: 6, validationPhotos: 4, epochs: 1, stepsPerTurn: 2 },
  ...{ forwardRounds: 2, loadingRounds: 2, tailRounds: 2 },
};

let folder: string;
let restore: () => void;
after(async () => {
  restore();
  await rm(folder, { recursive: true });
});

/** Drawings of the sample set, taken for those of three classes. */
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'three-classes-'));
  const drawings = await dataset.openDataset(project.readSettings({}).dataset);
  for (const [i, { file }] of drawings.photos.slice(0, 45).entries()) {
    const below = join(folder, 'abc'[i % 3]);
    await mkdir(below, { recursive: true });
    await writeFile(join(below, `${i}.jpg`), await photos.readPhotoBytes(file));
  }
  restore = setVariable('DATASET', folder);
});

test('npm run bench measures both sides on photos of three classes, and both compute the same', async () => {
  const phases: string[] = [];
  const comparison = await compare(TINY, (phase) => phases.push(phase));
  const answers = { photos: 80, changed: 1, float32Accuracy: 0.975, bfloat16Accuracy: 0.9625 };
  assert.deepEqual(comparison.photos.classNames, ['a', 'b', 'c']);
  const report = reportOf(comparison, TINY, 'npm run bench', answers);
  assert.deepEqual(phases, ['photos', 'finetune', 'forward', 'loading', 'tail']);
  // A GPU's bits depend on the algorithms that its library chooses in each process.
  assert.deepEqual(report.equal, { features: report.devices.ours.startsWith('CPU'), pixels: true });
  for (const [name, ratio] of Object.entries(report.ratios)) assert.ok(ratio === null || ratio > 0, name);
  assert.deepEqual([report.finetune.ours.steps, report.finetune.keras.steps], [5, 5]);
  assert.ok(report.finetune.ours.extractMsPerPhoto > 0 && report.peakBytes.keras > 2 ** 27);
  const inHalf =
    'left_out' in report.bfloat16 ? /left out: the CPU/ : /answers 1 otherwise: 96.3 % right, in float32 97.5 %/;
  assert.match(reportLines(report).join('\n'), inHalf);
  assert.match(report.devices.ours, /^(C|G)PU: ./);
  assert.equal(report.devices.keras.slice(0, 3), report.devices.ours.slice(0, 3), 'both compute on the same device');
  assert.ok(JSON.stringify(report).length > 500 && reportLines(report).join('\n').includes('Keras'));
});
