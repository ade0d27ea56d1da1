import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { project } from 'celeba-lab';

const OF_PHOTOS = {
  dataset: 'celeba',
  attribute: 'Male',
  data: {
    dataset: 'mini',
    split: 'official',
    duplicatesAcrossParts: 0,
    duplicatesWithTwoLabels: 1,
    leftOut: { 'no such file': 2 },
  },
  classNames: ['female', 'male'],
  split: 'official',
  train: { n: 1000 },
  rejected: {},
  device: 'CPU: some, 2 cores',
};
const OF_MODEL = {
  recipe: 'article',
  validation: { n: 200, accuracy: 0.9 },
  test: { n: 400, accuracy: 0.91, interval: [0.88, 0.94] as [number, number] },
  secondOpinion: { share: 2, accuracy: 0.92 },
  nearestMean: { accuracy: 0.7 },
  epochs: 5,
};

test('updateReport adds parts and keeps those that are there', async (t) => {
  const outputs = await mkdtemp(join(tmpdir(), 'report-'));
  t.after(() => rm(outputs, { recursive: true }));
  assert.deepEqual(await project.readReport(outputs), {});
  await project.updateReport(outputs, { epochs: 3, train: { n: 10 } });
  await project.updateReport(outputs, { epochs: 4 });
  assert.deepEqual(await project.readReport(outputs), { epochs: 4, train: { n: 10 } });
});

test('updateReport takes a part away that is undefined', async (t) => {
  const outputs = await mkdtemp(join(tmpdir(), 'report-'));
  t.after(() => rm(outputs, { recursive: true }));
  await project.updateReport(outputs, { epochs: 3, secondOpinion: OF_MODEL.secondOpinion });
  await project.updateReport(outputs, { secondOpinion: undefined });
  assert.deepEqual(await project.readReport(outputs), { epochs: 3 });
});

test('updateReport names a report that is none and leaves it as it is', async (t) => {
  const outputs = await mkdtemp(join(tmpdir(), 'report-'));
  t.after(() => rm(outputs, { recursive: true }));
  await writeFile(join(outputs, 'report.json'), '{"epochs": 3');
  await assert.rejects(project.updateReport(outputs, { epochs: 4 }), { where: join(outputs, 'report.json') });
  assert.equal(await readFile(join(outputs, 'report.json'), 'utf8'), '{"epochs": 3');
});

test('updateReport says when the test figures were written, and only then', async (t) => {
  const outputs = await mkdtemp(join(tmpdir(), 'report-'));
  t.after(() => rm(outputs, { recursive: true }));
  await project.updateReport(outputs, { test: OF_MODEL.test });
  const { testedAt } = await project.readReport(outputs);
  assert.ok(Math.abs(Date.parse(testedAt ?? '') - Date.now()) < 60_000, testedAt);
  await project.updateReport(outputs, { epochs: 4 });
  assert.equal((await project.readReport(outputs)).testedAt, testedAt);
});

test('forgetResults takes away figures and plots of the model, and leaves those of the photos', async (t) => {
  const outputs = await mkdtemp(join(tmpdir(), 'report-'));
  t.after(() => rm(outputs, { recursive: true }));
  const whole: project.Report = { ...OF_PHOTOS, ...OF_MODEL };
  await project.updateReport(outputs, whole);
  await mkdir(join(outputs, 'plots'));
  for (const plot of ['training', 'accuracy', 'confusion', 'confidence', 'class-counts', 'splits'])
    await writeFile(join(outputs, 'plots', `${plot}.png`), '');
  await project.forgetResults(outputs);
  assert.deepEqual(await project.readReport(outputs), OF_PHOTOS);
  assert.deepEqual((await readdir(join(outputs, 'plots'))).sort(), ['class-counts.png', 'splits.png']);
});

test('forgetResults leaves no report where it held figures of the model only, and does nothing without one', async (t) => {
  const outputs = await mkdtemp(join(tmpdir(), 'report-'));
  t.after(() => rm(outputs, { recursive: true }));
  await project.updateReport(outputs, OF_MODEL);
  for (let call = 0; call < 2; call++) {
    await project.forgetResults(outputs);
    assert.deepEqual(await readdir(outputs), []);
  }
});
