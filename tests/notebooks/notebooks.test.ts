/** The notebooks, one after the other, on a few drawings through a real tslab kernel; each in a kernel of its own. */

import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { callbacks, model } from 'celeba-lab';
import { projectEnvironment } from '../../scripts/environment';
import { listNotebooks, type NotebookFile } from '../../scripts/start/notebook-file';
import { runNotebook } from '../../scripts/start/run-notebook';
import { faultsOfOutputs } from './house-rules';
import { prepareTinyRun } from './tiny-run';

const NOTEBOOKS = resolve(__dirname, '..', '..', 'notebooks');

interface Report {
  train: { n: number };
  validation: { n: number; accuracy: number };
  test: { n: number; accuracy: number; interval: [number, number] };
  secondOpinion?: { share: number; accuracy: number };
  epochs: number;
  device: string;
}

describe('the notebooks on a few drawings', () => {
  const folder = mkdtempSync(join(tmpdir(), 'notebooks-'));
  const outputs = join(folder, 'outputs');
  let env: NodeJS.ProcessEnv;
  before(async () => (env = { ...projectEnvironment(), ...(await prepareTinyRun(folder)), EPOCHS: '1' }));
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs one and returns it as it was left. */
  async function execute(notebook: string, settings: NodeJS.ProcessEnv = {}): Promise<NotebookFile> {
    const executed = join(outputs, 'notebooks', basename(notebook));
    const printed: string[] = [];
    const { status, complaint } = await runNotebook({
      notebook,
      executed,
      folder: NOTEBOOKS,
      env: { ...env, ...settings },
      signal: new AbortController().signal,
      onEvent: (event) => event.event === 'stream' && event.name === 'stderr' && printed.push(event.text),
    });
    assert.equal(status, 'ok', `${printed.join('')}${complaint}`);
    return JSON.parse(readFileSync(executed, 'utf8')) as NotebookFile;
  }

  for (const number of ['01', '02', '03', '04', '05', '06']) {
    test(`${number} runs from its first cell to its last, and shows nothing that breaks the rules`, async () => {
      const [notebook] = await listNotebooks(NOTEBOOKS, [number]);
      assert.deepEqual(faultsOfOutputs(await execute(notebook), userInfo().username), []);
    });
  }

  test('05 runs on photos of your own, the first of which cannot be read', async () => {
    const photo = readdirSync(join(folder, 'sample', 'img_align_celeba'))[0];
    copyFileSync(join(folder, 'sample', 'img_align_celeba', photo), join(folder, 'own', 'b.jpg'));
    writeFileSync(join(folder, 'own', 'a.heic'), 'ftypheic');
    const [notebook] = await listNotebooks(NOTEBOOKS, ['05']);
    const executed = JSON.stringify(await execute(notebook));
    assert.match(executed, /2 of your own photos/);
    assert.match(executed, /can't be read/);
  });

  test('they leave the report with counts, accuracies, interval and device', () => {
    const report = JSON.parse(readFileSync(join(outputs, 'report.json'), 'utf8')) as Report;
    assert.ok(report.train.n > 0 && report.train.n <= 16 && report.test.n > 0 && report.test.n <= 8);
    const [low, high] = report.test.interval;
    assert.ok(low <= report.test.accuracy && report.test.accuracy <= high);
    assert.ok(report.validation.accuracy >= 0 && report.validation.accuracy <= 1);
    assert.equal(report.epochs, 1);
    assert.match(report.device, /^(CPU|GPU): /);
  });

  test('they leave charts as PNG, the training log, and a model that loads', async () => {
    const plots = readdirSync(join(outputs, 'plots'));
    assert.ok(plots.includes('training.png') && plots.every((name) => name.endsWith('.png')), plots.join(', '));
    assert.ok((await callbacks.readTrainingLog(join(outputs, 'training', 'log.jsonl'))).length >= 1);
    const classifier = await model.loadClassifier(join(outputs, 'model'));
    assert.equal(classifier.classNames.length, 2);
    assert.equal(classifier.drawn, true);
  });

  test('06 asks the second network about the faces that 04 has found a frame for, and keeps what it says where that helps', async () => {
    const { model: loaded, frame, calibration, secondOpinion } = await model.loadClassifier(join(outputs, 'model'));
    loaded.dispose();
    assert.ok(frame);
    const executed = readFileSync(join(outputs, 'notebooks', '06-train-better.ipynb'), 'utf8');
    assert.match(executed, /Shares: correct of 8 test photos, unanswered of 8 validation photos/);
    const [, share] = /"share ([\d.]+)/.exec(executed) ?? [];
    const report = JSON.parse(readFileSync(join(outputs, 'report.json'), 'utf8')) as Partial<Report>;
    assert.equal(report.secondOpinion?.share ?? 0, Number(share));
    assert.equal(secondOpinion?.share ?? 0, Number(share));
    if (secondOpinion !== undefined) assert.notDeepEqual(secondOpinion.calibration, calibration);
  });

  test('they leave no state of their trainings, which have all ended', () => {
    for (const name of ['training', 'improved']) assert.ok(!existsSync(join(outputs, name, 'state')), name);
  });

  test('they write nothing into the dataset folder', () => {
    assert.deepEqual(readdirSync(join(folder, 'sample')).sort(), [
      'README.md',
      'identity_CelebA.txt',
      'img_align_celeba',
      'list_attr_celeba.txt',
      'list_eval_partition.txt',
    ]);
    assert.equal(existsSync(join(folder, 'sample', 'outputs')), false);
  });

  test("03 runs with the article's recipe to the letter, too, which settles no averages", async () => {
    const [notebook] = await listNotebooks(NOTEBOOKS, ['03']);
    await execute(notebook, { RECIPE: 'article' });
    const { model: loaded, recipe } = await model.loadClassifier(join(outputs, 'model'));
    loaded.dispose();
    assert.equal(recipe, 'article');
  });
});
