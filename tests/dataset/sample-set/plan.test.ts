/** Who is in which part, and how even the classes are. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SAMPLE_SEED, SAMPLE_SET_SIZE } from 'celeba-lab/dist/dataset/sample-set/draw-sample-set';
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

test('each part is labelled male as often as CelebA, 42 %', () => {
  for (const part of ['train', 'validation', 'test']) {
    const inPart = planned.filter((one) => one.part === part);
    const share = inPart.filter(({ picture }) => picture.person.male).length / inPart.length;
    assert.ok(Math.abs(share - 0.42) < 0.01, `${part}: ${share}`);
  }
});

test('a person keeps skin, hair and eyes from one picture to the next', () => {
  const people = new Map(planned.map(({ identity, picture }) => [identity, picture.person]));
  for (const { identity, picture } of planned) assert.deepEqual(picture.person, people.get(identity));
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
