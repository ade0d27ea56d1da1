import type { faces } from 'celeba-lab';
import { show } from 'celeba-lab';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catchStdout } from './catch-stdout';

const POINTS: [number, number][] = [
  [9, 9],
  [18, 9],
  [13, 13],
  [10, 18],
  [17, 18],
];
const SURE: faces.FaceAnswer = {
  ...{ box: [0, 0, 20, 20], landmarks: POINTS, label: 'female', probability: 0.997, probabilities: [0.997, 0.003] },
  ...{ abstained: false, aligned: new Uint8Array() },
};
const UNSURE: faces.FaceAnswer = { ...SURE, abstained: true, reason: 'the face is blurred' };

function photo(file: string, own: faces.FaceAnswer[], note?: string): faces.PhotoAnswer {
  return { file, reading: 'face', faces: own, ...(note && { note }) };
}

test('answers tells of each photo how many faces it has, and of each face the answer, numbered where there are several', async (t) => {
  const sample = require.resolve('@vladmandic/face-api/package.json').replace('package.json', 'demo/sample1.jpg');
  const lines = catchStdout(t);
  await show.answers(
    [
      photo(sample, [SURE], 'aligned anew'),
      photo(sample, [SURE, UNSURE]),
      photo('empty.jpg', []),
      photo(sample, [{ ...SURE, landmarks: [] }], 'no face found, used as it is: it looks like them'),
      { file: 'notes.jpg', error: 'text, not a picture' },
    ],
    { labels: new Map([['empty.jpg', 'labelled male']]) },
  );
  t.mock.restoreAll();
  assert.deepEqual(lines.join('').trim().split('\n'), [
    '1 face (aligned anew)',
    'female, 99.7 %',
    '2 faces',
    '1: female, 99.7 %',
    "2: can't tell (the face is blurred)",
    'no face found (labelled male)',
    'whole photo (no face found, used as it is)',
    'female, 99.7 %',
    "can't be read",
  ]);
});

test('answers shows whole photos with all their faces, as many as 60 pictures hold, and says how many there are', async (t) => {
  const sample = require.resolve('@vladmandic/face-api/package.json').replace('package.json', 'demo/sample1.jpg');
  const lines = catchStdout(t);
  const group = photo(sample, Array<faces.FaceAnswer>(24).fill(SURE));
  await show.answers([group, group, group]);
  await show.answers([photo(sample, Array<faces.FaceAnswer>(61).fill(SURE)), group]);
  t.mock.restoreAll();
  const told = lines.join('').trim().split('\n');
  const titles = told.filter((line) => line.startsWith('the first'));
  assert.deepEqual(titles, [
    'the first 2 of 3 photos; npm run predict shows all',
    'the first 1 of 2 photos; npm run predict shows all',
  ]);
  assert.equal(told.length, 1 + 2 * 25 + 1 + 62);
});
