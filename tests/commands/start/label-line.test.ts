import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { labelLine } from '../../../scripts/start/label-line';
import { saveTinyModel } from '../predict/save-tiny-model';

let outputs: string;

before(async () => {
  outputs = await mkdtemp(join(tmpdir(), 'label-line-'));
});
after(() => rm(outputs, { recursive: true }));

test('labelLine says of a model of people what its label is', async () => {
  await saveTinyModel(join(outputs, 'model'), { attribute: 'Male', datasetName: 'celeba', drawn: false });
  assert.match(
    (await labelLine(outputs)) ?? '',
    /^A label is .* their impression of a photo, in two values\..* who a person/,
  );
});

test('labelLine has nothing to say of drawings, of other things, or without a model', async () => {
  await saveTinyModel(join(outputs, 'model'), { attribute: 'Male', drawn: true });
  assert.equal(await labelLine(outputs), undefined);
  await saveTinyModel(join(outputs, 'model'), { attribute: 'class', drawn: false });
  assert.equal(await labelLine(outputs), undefined);
  assert.equal(await labelLine(join(outputs, 'empty')), undefined);
});
