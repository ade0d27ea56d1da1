/** Rows for photos: of faces, of whole photos, and of paths that lead to none. */

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { evaluation, type faces } from 'celeba-lab';
import sharp from 'sharp';
import { answersTo } from '../../../scripts/predict/answers';
import type { FoundPhoto } from '../../../scripts/predict/find-photos';
import type { AnsweredRow, ResultRow } from '../../../scripts/predict/result-row';
import { celebaFrame } from '../../faces/celeba-frame';
import { SEVERAL, WOMAN } from '../../faces/real-face';
import { brightnessModel, TINY_DESCRIPTION } from '../../model/brightness-model';

let folder: string;
let ofFaces: faces.FaceClassifier;
let ofWholePhotos: faces.FaceClassifier;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'answers-'));
  ofWholePhotos = { ...TINY_DESCRIPTION, model: brightnessModel() };
  ofFaces = { ...ofWholePhotos, frame: celebaFrame() };
  for (const [name, level] of Object.entries({ 'a.png': 90, 'b.png': 160 }))
    await sharp({
      create: { width: 60, height: 50, channels: 3, background: { r: level, g: level, b: level } },
    }).toFile(join(folder, name));
});
after(() => rm(folder, { recursive: true }));

/** A photo of the folder, or a path that leads to none. */
function found(shown: string): FoundPhoto {
  const file = join(folder, shown);
  return shown.endsWith('.png') ? { shown, file } : { shown, file, error: `${shown}: found no such file` };
}

async function rowsOf(classifier: faces.FaceClassifier, photos: FoundPhoto[]): Promise<ResultRow[]> {
  const rows: ResultRow[] = [];
  for await (const { row } of answersTo(classifier, photos)) rows.push(row);
  return rows;
}

async function rowOf(classifier: faces.FaceClassifier, photo: FoundPhoto): Promise<AnsweredRow> {
  const [row] = await rowsOf(classifier, [photo]);
  assert.ok(row.error === undefined, row.error);
  return row;
}

test('each row keeps its own name and place, also beside paths that lead to no photo', async () => {
  const shown = ['nowhere', 'a.png', 'lost', 'gone', 'b.png', 'a.png', 'last'];
  const labels = { 'a.png': 'dark', 'b.png': 'bright' };
  for (const classifier of [ofWholePhotos, ofFaces]) {
    const rows = await rowsOf(classifier, shown.map(found));
    // In evenly grey pictures there is no face.
    const expected = classifier === ofFaces ? { 'a.png': null, 'b.png': null } : labels;
    assert.deepEqual(
      rows.map((row) => [row.file, row.error ?? row.label]),
      shown.map((name) => [name, name in expected ? expected[name as keyof typeof labels] : found(name).error]),
    );
  }
});

test("a row's own answer is that of its largest face", async () => {
  const row = await rowOf(ofFaces, { shown: 'several', file: SEVERAL });
  const areas = row.faces.map(({ box }) => box[2] * box[3]);
  assert.ok(areas.length === 3 && areas[0] > areas[1] && areas[1] > areas[2], areas.join());
  const { label, probability, probabilities, abstained } = row.faces[0];
  assert.deepEqual(
    { ...row, file: undefined, faces: undefined },
    { file: undefined, faces: undefined, label, probability, probabilities, abstained },
  );
  // Each face answers otherwise, so that the row could have been another's.
  assert.equal(new Set(row.faces.map((face) => face.probability)).size, 3);
});

for (const [what, classifierOf, photoOf] of [
  ['of a face', () => ofFaces, (): FoundPhoto => ({ shown: 'several', file: SEVERAL })],
  ['of a whole photo', () => ofWholePhotos, (): FoundPhoto => found('a.png')],
] as const) {
  test(`the answer ${what} is calibrated where the model is, and given from the threshold on`, async () => {
    const plain = await rowOf(classifierOf(), photoOf());
    const outputs = Object.values(plain.probabilities ?? {});
    const shares = evaluation.calibratedProbabilities(outputs, 'sigmoid', 3);
    const calibrated = (threshold: number): Promise<AnsweredRow> => {
      const calibration = { temperature: 3, threshold, errorRate: 0.01, photoCount: 100, unanswered: 0.1 };
      return rowOf({ ...classifierOf(), calibration }, photoOf());
    };
    const [given, doubted] = [await calibrated(0), await calibrated(0.9999)];
    for (const row of [given, doubted]) {
      assert.equal(row.label, plain.label);
      assert.equal(row.probability, Math.max(...Object.values(row.probabilities ?? {})));
      Object.values(row.probabilities ?? {}).forEach((share, i) => {
        assert.ok(Math.abs(share - shares[i]) < 1e-4 && Math.abs(share - outputs[i]) > 0.01, `${share} ${outputs[i]}`);
      });
    }
    assert.deepEqual([plain.abstained, given.abstained, given.reason], [false, false, undefined]);
    assert.equal(doubted.abstained, true);
    assert.match(doubted.reason ?? '', /^unsure: \d\d\.\d %, and answers begin at 100\.0 %$/);
  });
}

test('boxes and landmarks of a row are in tenths of a pixel', async () => {
  const file = join(folder, 'woman.png');
  await sharp(SEVERAL).extract(WOMAN).toFile(file);
  const { faces: found } = await rowOf(ofFaces, { shown: 'woman.png', file });
  const values = found.flatMap(({ box, landmarks }) => [...box, ...landmarks.flat()]);
  assert.equal(values.length, 14);
  assert.deepEqual(
    values,
    values.map((value) => Math.round(10 * value) / 10),
  );
  assert.ok(!values.every(Number.isInteger), values.join());
});
