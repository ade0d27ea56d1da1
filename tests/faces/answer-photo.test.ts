/** Real photos through the real finder: the photographs that face-api brings for its demonstration. */

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { evaluation, faces, type model, photos, SystemFault, tf } from 'celeba-lab';
import sharp from 'sharp';
import { brightnessClassifier, oneWoman, SEVERAL } from './real-face';
import { TINY_DESCRIPTION } from '../model/brightness-model';
import { FAILS_TO_READ, NEEDS_PROC } from '../photos/write-photos';

let finder: faces.FaceFinder;
let classifier: model.SavedClassifier;
let one: Buffer;

before(async () => {
  finder = await faces.loadFaceFinder();
  classifier = brightnessClassifier();
  one = await oneWoman();
});

const folder = mkdtemp(join(tmpdir(), 'answer-'));
after(async () => rm(await folder, { recursive: true }));

async function writtenPhoto(bytes: Buffer): Promise<string> {
  const file = join(await folder, 'photo.png');
  await writeFile(file, bytes);
  return file;
}

async function answered(photo: string | Uint8Array, threshold?: number): Promise<faces.AnsweredPhoto> {
  const calibration = { temperature: 3, threshold: threshold ?? 0, errorRate: 0.01, photoCount: 100, unanswered: 0.1 };
  const asked = threshold === undefined ? classifier : { ...classifier, calibration };
  const answer = await faces.answerPhoto(asked, finder, photo);
  assert.ok('faces' in answer, answer.error);
  return answer;
}

test('each of several faces gets a box, landmarks inside it and an answer', async () => {
  const { reading, faces: found } = await answered(SEVERAL);
  assert.equal(reading, 'face');
  assert.equal(found.length, 3);
  for (const { box, landmarks, label } of found) {
    const [x, y, width, height] = box;
    assert.ok(landmarks.every(([u, v]) => u > x && u < x + width && v > y && v < y + height));
    assert.ok(TINY_DESCRIPTION.classNames.includes(label));
  }
});

test('the largest face comes first and the smallest last', async () => {
  const areas = (await answered(SEVERAL)).faces.map(({ box }) => box[2] * box[3]);
  assert.ok(areas.length === 3 && areas[0] > areas[1] && areas[1] > areas[2], areas.join());
});

test('with a calibration the probabilities are calibrated, and answers begin at its threshold', async () => {
  const [plain] = (await answered(one)).faces;
  const expected = evaluation.calibratedProbabilities(plain.probabilities, 'sigmoid', 3);
  const [[given], [doubted]] = await Promise.all([0, 0.9999].map(async (t) => (await answered(one, t)).faces));
  for (const { probabilities, probability, label } of [given, doubted]) {
    assert.deepEqual([probabilities, probability, label], [expected, Math.max(...expected), plain.label]);
    assert.ok(Math.abs(probability - plain.probability) > 0.01);
  }
  assert.deepEqual([given.abstained, given.reason], [false, undefined]);
  assert.equal(doubted.abstained, true);
  assert.match(doubted.reason ?? '', /^unsure: \d\d\.\d %, and answers begin at 100\.0 %$/);
});

/** A second opinion that leans to one class or the other by the descriptor, and the logits that it and the model come to. */
const SECOND = {
  weights: Array.from({ length: faces.DESCRIPTOR_LENGTH }, (_, i) => [Math.sin(i), Math.cos(i)]),
  biases: [0.5, -0.5],
  share: 0.5,
  calibration: { temperature: 2, threshold: 0.75, errorRate: 0.01, photoCount: 100, unanswered: 0.1 },
};

/** Answers with it, each beside what it must be: of the face at this place. */
async function withSecondOpinion(photo: string | Uint8Array) {
  const own = { ...SECOND.calibration, temperature: 9, threshold: 0.99 };
  const answer = await faces.answerPhoto({ ...classifier, calibration: own, secondOpinion: SECOND }, finder, photo);
  assert.ok('faces' in answer);
  const { frame } = classifier;
  assert.ok(frame);
  const decoded = await photos.decodePhoto(photo);
  const read = await faces.readPhoto(finder, decoded, classifier);
  const alone = (await answered(photo)).faces;
  const rows = answer.faces.map(async (face, i) => {
    const { aligned, alignedPoints } = read.faces[i];
    assert.ok(alignedPoints);
    const [descriptor] = await faces.describeFaces([{ aligned, points: alignedPoints }]);
    const logits = evaluation.blendLogits(alone[i].probabilities, 'sigmoid', faces.opinionOn(descriptor, SECOND), 0.5);
    return { face, alone: alone[i], expected: evaluation.softmax(logits, 2) };
  });
  return Promise.all(rows);
}

test('beside a second opinion the model looks at the face only, not at its mirror image too', async () => {
  const [plain, flipped] = await Promise.all(
    [false, true].map((testTimeFlip) =>
      faces.answerPhoto({ ...classifier, testTimeFlip, secondOpinion: SECOND }, finder, one),
    ),
  );
  assert.deepEqual(flipped, plain);
});

test('a second opinion on each aligned face counts beside the outputs, with a calibration of its own', async () => {
  const rows = await withSecondOpinion(SEVERAL);
  assert.equal(rows.length, 3);
  for (const { face, alone, expected } of rows) {
    face.probabilities.forEach((p, k) => assert.ok(Math.abs(p - expected[k]) < 1e-4, `${p} instead of ${expected[k]}`));
    assert.equal(face.abstained, face.probability < 0.75);
    // Without the opinion, at the same temperature.
    const [without] = evaluation.softmax(evaluation.logitsOf(alone.probabilities, 'sigmoid'), 2);
    assert.ok(Math.abs(face.probabilities[0] - without) > 0.001, `${face.probabilities[0]} and ${without}`);
  }
  const [first, second] = rows.map(({ face }) => face.probability);
  assert.ok(Math.abs(first - second) > 0.001, 'each face has its own');
});

test('a second opinion on a photo that is used as it is looks where its face lies, whatever its size', async () => {
  const { aligned } = (await answered(one)).faces[0];
  const large = await sharp(aligned).resize({ width: 356, height: 436 }).png().toBuffer();
  const [[small], [stretched]] = [await withSecondOpinion(aligned), await withSecondOpinion(large)];
  for (const { face, expected } of [small, stretched]) assert.ok(Math.abs(face.probabilities[0] - expected[0]) < 1e-4);
  assert.ok(Math.abs(small.face.probability - stretched.face.probability) < 0.03);
});

test('a model without a frame asks for no second opinion: it knows of no face', async () => {
  const calibration = { temperature: 2, threshold: 0, errorRate: 0.01, photoCount: 100, unanswered: 0.1 };
  const whole = { ...classifier, frame: undefined };
  const expected = await faces.answerPhoto(whole, finder, one);
  const secondOpinion = { weights: [], biases: [], share: 1, calibration };
  assert.deepEqual(await faces.answerPhoto({ ...whole, secondOpinion }, finder, one), expected);
});

test('all eight EXIF orientations give the same box and the same answer', async () => {
  const { width, height } = await sharp(one).metadata();
  const expected = await answered(one);
  const raw = await sharp(one).raw().toBuffer({ resolveWithObject: true });
  for (let orientation = 2; orientation <= 8; orientation++) {
    const turned = await stored(raw.data, raw.info, orientation);
    const { faces: found } = await answered(turned);
    assert.deepEqual(
      found.map(({ box }) => box.map(Math.round)),
      expected.faces.map(({ box }) => box.map(Math.round)),
    );
    assert.equal(
      found[0].probability,
      expected.faces[0].probability,
      `orientation ${orientation} of ${width} x ${height}`,
    );
  }
});

/** The picture as a camera would store it that held it so and noted it. */
async function stored(data: Buffer, info: sharp.OutputInfo, orientation: number): Promise<Buffer> {
  const picture = sharp(data, { raw: { width: info.width, height: info.height, channels: 3 } });
  const mirrored = [2, 4, 5, 7].includes(orientation);
  const turn = { 3: 180, 4: 180, 5: 270, 6: 270, 7: 90, 8: 90 }[orientation] ?? 0;
  const turned = await (mirrored ? picture.flop() : picture).png().toBuffer();
  const rotated = await sharp(turned).rotate(turn).png().toBuffer();
  return sharp(rotated).withMetadata({ orientation }).png().toBuffer();
}

test('a face aligned to the frame is taken as it is when it comes back', async () => {
  const first = await answered(one);
  assert.equal(first.reading, 'face');
  const second = await answered(first.faces[0].aligned);
  assert.equal(second.reading, 'aligned');
  assert.match(second.note ?? '', /used as it is/);
});

test('where there is no face, none is answered and that is said', async () => {
  const grey = await sharp({ create: { width: 300, height: 300, channels: 3, background: '#887766' } })
    .png()
    .toBuffer();
  assert.deepEqual(await answered(grey), { file: 'photo', reading: 'face', faces: [], note: 'no face found' });
});

test('a face under 40 pixels is not answered, with that reason', async () => {
  const small = await sharp(one)
    .resize({ width: 75 })
    .extend({ left: 120, right: 120, background: '#777' })
    .png()
    .toBuffer();
  // Whatever the model makes of it.
  for (const threshold of [undefined, 0, 0.9999]) {
    const [face] = (await answered(small, threshold)).faces;
    assert.ok(face.abstained);
    assert.match(face.reason ?? '', /pixels across: under 40/);
  }
});

test('a photo that cannot be read is an error, and the next is answered', async () => {
  const [lost, found] = await faces.answerAllPhotos(classifier, finder, ['nothing.jpg', one]);
  assert.match(lost.error ?? '', /no such file/);
  assert.ok('faces' in found && found.faces.length === 1);
});

test(
  'photos that the system fails to read end the run once, instead of being answered with an error',
  NEEDS_PROC,
  async () => {
    const photos = [one, FAILS_TO_READ, FAILS_TO_READ, one];
    await assert.rejects(faces.answerAllPhotos(classifier, finder, photos), SystemFault);
  },
);

test('a model without a frame is given the photo whole, in its own size, with the same answer as the whole photo has', async () => {
  const whole = await faces.answerPhoto({ ...classifier, frame: undefined }, finder, one);
  assert.ok('faces' in whole && whole.reading === 'aligned' && whole.faces[0].landmarks.length === 0);
  const { width, height } = await sharp(whole.faces[0].aligned).metadata();
  assert.deepEqual([height, width], [classifier.format.height, classifier.format.width]);
  const [direct] = await evaluation.predictAllFiles(classifier, [await writtenPhoto(one)]);
  assert.ok('probabilities' in direct);
  assert.deepEqual(whole.faces[0].probabilities, direct.probabilities);
});

test('a run that is stopped answers the photos that were read before', async () => {
  let read = 0;
  const options = { onProgress: (done: number) => void (read = done), stop: () => read === 2 };
  const answers = await faces.answerAllPhotos(classifier, finder, [one, one, one, one], options);
  assert.equal(answers.length, 2);
});

test('answers leave no tensors behind', async () => {
  await answered(one);
  const count = tf.memory().numTensors;
  await answered(one);
  assert.equal(tf.memory().numTensors, count);
});

test('photos without faces are answered, too, before all are read: after two batches of them', async () => {
  const nobody: faces.FaceFinder = { find: () => Promise.resolve([]) };
  const grey = await sharp({ create: { width: 20, height: 20, channels: 3, background: '#887766' } })
    .png()
    .toBuffer();
  let read = 0;
  const options = { batchSize: 4, onProgress: (done: number) => void (read = done) };
  const answers = faces.answerPhotos(classifier, nobody, new Array<Buffer>(40).fill(grey), options);
  await answers.next();
  assert.equal(read, 8);
  await answers.return(undefined);
});
