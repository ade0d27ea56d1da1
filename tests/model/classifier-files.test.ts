import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { model } from 'celeba-lab';
import { describeClassifier } from 'celeba-lab/dist/model/classifier-files';
import { temporaryFolder } from '../dataset/write-celeba';
import { brightnessModel, TINY_DESCRIPTION, TINY_FORMAT } from './brightness-model';

const WRONG: Record<string, unknown[]> = {
  formatVersion: ['1'],
  classNames: [[], 'dark', [1, 2]],
  attribute: [7],
  datasetName: [null],
  drawn: ['no'],
  head: ['relu', undefined],
  files: [{}, undefined],
  format: [
    ...[{ height: 0 }, { width: 1.5 }, { channelOrder: 'rgb' }, { interpolation: 'bilinear' }],
    ...[{ means: [1, 2] }, { means: [1, 2, '3'] }, { means: 3 }],
  ].map((one) => ({ ...TINY_FORMAT, ...one })),
};

test('a classifier.json in which one part is wrong is refused, whichever part it is', async (t) => {
  const folder = join(temporaryFolder(t), 'model');
  const tiny = brightnessModel();
  await model.saveClassifier(folder, tiny, TINY_DESCRIPTION).finally(() => tiny.dispose());
  const file = join(folder, 'classifier.json');
  const whole = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  for (const [key, values] of Object.entries(WRONG)) {
    for (const value of values) {
      const text = JSON.stringify({ ...whole, [key]: value });
      await writeFile(file, text);
      await assert.rejects(describeClassifier(folder), /classifier\.json: found something else than/, text);
    }
  }
  await writeFile(file, JSON.stringify(whole));
  assert.equal((await describeClassifier(folder)).head, 'sigmoid');
});
