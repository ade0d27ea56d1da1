/** Who is in which part, and how even the classes are. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SAMPLE_SEED, SAMPLE_SET_SIZE } from 'celeba-lab/dist/dataset/sample-set/draw-sample-set';
import { faceConfig } from 'celeba-lab/dist/dataset/sample-set/face-config';
import { planPictures } from 'celeba-lab/dist/dataset/sample-set/plan';

const planned = planPictures(SAMPLE_SET_SIZE, SAMPLE_SEED);

test('nobody is in two parts', () => {
  const partsOf = new Map<number, Set<string>>();
  for (const { identity, part } of planned) partsOf.set(identity, (partsOf.get(identity) ?? new Set()).add(part));
  assert.ok([...partsOf.values()].every((parts) => parts.size === 1));
});

test('most people are shown two to four times, nobody more often', () => {
  const counts = [...new Set(planned.map(({ identity }) => identity))].map(
    (person) => planned.filter(({ identity }) => identity === person).length,
  );
  assert.ok(Math.max(...counts) <= 4);
  assert.ok(counts.filter((count) => count === 1).length <= 6);
});

// CelebA: 84,434 of 202,599 photos.
test('each part is labelled male as often as all of CelebA, 42 %, to the nearest picture', () => {
  for (const part of ['train', 'validation', 'test']) {
    const inPart = planned.filter((one) => one.part === part);
    const males = inPart.filter(({ picture }) => picture.person.male).length;
    assert.ok(Math.abs(males - 0.42 * inPart.length) <= 0.5, `${part}: ${males} of ${inPart.length}`);
  }
});

/** Skin, hair, head, eyes and nose as facesjs is told to draw them. */
function drawnFeatures({ picture }: (typeof planned)[number]): string {
  const { body, hair, hairBg, head, eye, eyebrow, nose } = faceConfig(picture);
  return JSON.stringify({ skin: body.color, hair, hairBg, head, eye, eyebrow, nose });
}

test('a person is drawn with the same skin, hair and eyes in each picture, and with others than anybody else', () => {
  const drawn = new Map<number, Set<string>>();
  for (const one of planned) drawn.set(one.identity, (drawn.get(one.identity) ?? new Set()).add(drawnFeatures(one)));
  for (const [identity, features] of drawn) assert.equal(features.size, 1, `person ${identity}`);
  assert.equal(new Set([...drawn.values()].flatMap((features) => [...features])).size, drawn.size);
});

test('the plan of a seed is the same whenever it is made', () => {
  assert.deepEqual(planPictures(SAMPLE_SET_SIZE, SAMPLE_SEED), planned);
});

test('the smallest set has two classes in each part', () => {
  for (const part of ['train', 'validation', 'test']) {
    const inPart = planPictures(24, 1).filter((one) => one.part === part);
    assert.equal(new Set(inPart.map(({ picture }) => picture.person.male)).size, 2, part);
  }
});
