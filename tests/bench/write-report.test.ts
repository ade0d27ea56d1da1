/** outputs/bench.json, also where what is measured last fails. */

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { InputError } from 'celeba-lab';
import { FULL } from '../../scripts/bench/plan';
import { comparePrecisions } from '../../scripts/bench/precision-answers';
import { reportLines, reportOf, type BenchReport } from '../../scripts/bench/report';
import { writeReport } from '../../scripts/bench/write-report';
import { measurements } from './measurements';
import { setVariable } from './set-variable';

let outputs: string;
before(async () => (outputs = await mkdtemp(join(tmpdir(), 'bench-report-'))));
after(() => rm(outputs, { recursive: true }));

function reportWith(answers?: Parameters<typeof reportOf>[3], device = 'CPU: one'): BenchReport {
  const counts = { trainCount: 95, validationCount: 20, datasetName: 'photos' };
  const photos = {
    ...counts,
    train: [],
    validation: [],
    trainFolder: '',
    validationFolder: '',
    classNames: ['a', 'b'],
  };
  const side = { device, peakBytes: 1, versions: {}, threads: {} };
  const measured = measurements();
  measured.forward.ours[0].bfloat16Ms = 50;
  return reportOf({ photos, measured, ours: side, keras: side }, FULL, 'npm run bench', answers);
}

async function written(): Promise<unknown> {
  return JSON.parse(await readFile(join(outputs, 'bench.json'), 'utf8'));
}

test('what was measured is in bench.json where a damaged model ends the comparison of number formats', async (t) => {
  await mkdir(join(outputs, 'model'));
  await writeFile(join(outputs, 'model', 'classifier.json'), 'cut sh');
  t.after(setVariable('OUTPUTS', outputs));
  const writing = writeReport(join(outputs, 'bench.json'), reportWith, () => comparePrecisions(10));
  await assert.rejects(writing, (error) => error instanceof InputError && /classifier\.json/.test(error.where));
  assert.deepEqual(await written(), JSON.parse(JSON.stringify(reportWith())));
});

test('bench.json holds the answers in both number formats where they could be compared', async () => {
  const answers = { photos: 80, changed: 1, float32Accuracy: 0.975, bfloat16Accuracy: 0.9625 };
  const report = await writeReport(join(outputs, 'bench.json'), reportWith, async () => answers);
  assert.deepEqual(report.bfloat16, { meanError: 0, answers });
  assert.deepEqual(await written(), JSON.parse(JSON.stringify(report)));
});

test('the report names the device of each side, and on a GPU says that the goals are for a CPU', () => {
  const [onCpu, onGpu] = ['CPU: one', 'GPU: another'].map((device) => reportLines(reportWith(undefined, device)));
  assert.ok(onCpu.includes('Computed on: ours CPU: one | Keras CPU: one'));
  assert.ok(onGpu.includes('Computed on: ours GPU: another | Keras GPU: another'));
  const goals = (lines: string[]) => lines.filter((line) => line.startsWith('The goals are for a CPU'));
  assert.deepEqual([goals(onCpu).length, goals(onGpu).length], [0, 1]);
});
