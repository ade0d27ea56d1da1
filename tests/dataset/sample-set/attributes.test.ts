/** What the attribute table says of a drawing, against what was told to be drawn. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  attributesOf,
  CELEBA_ATTRIBUTES,
  KNOWN_ATTRIBUTES,
  UNKNOWN_ATTRIBUTES,
} from 'celeba-lab/dist/dataset/sample-set/attributes';
import { visibleHair } from 'celeba-lab/dist/dataset/sample-set/face-config';
import { inventPerson, type Person } from 'celeba-lab/dist/dataset/sample-set/person';
import { inventPicture, type Picture } from 'celeba-lab/dist/dataset/sample-set/picture';
import { SAMPLE_SEED, SAMPLE_SET_SIZE } from 'celeba-lab/dist/dataset/sample-set/draw-sample-set';
import { planPictures } from 'celeba-lab/dist/dataset/sample-set/plan';
import { randomFrom } from 'celeba-lab/dist/dataset/sample-set/random';

function pictureOf(person: Partial<Person>, picture: Partial<Picture> = {}): Picture {
  const invented = { ...inventPerson(true, randomFrom('person')), ...person };
  return { ...inventPicture(invented, randomFrom('picture')), glasses: 'none', headwear: 'none', ...picture };
}

function valueOf(name: (typeof CELEBA_ATTRIBUTES)[number], picture: Picture): 1 | -1 {
  return attributesOf(picture)[CELEBA_ATTRIBUTES.indexOf(name)];
}

test('every attribute is either known or unknown', () => {
  assert.deepEqual([...KNOWN_ATTRIBUTES, ...UNKNOWN_ATTRIBUTES].sort(), [...CELEBA_ATTRIBUTES].sort());
});

test('every known attribute is both 1 and -1 somewhere in the sample set', () => {
  const rows = planPictures(SAMPLE_SET_SIZE, SAMPLE_SEED).map(({ picture }) => attributesOf(picture));
  for (const name of KNOWN_ATTRIBUTES) {
    const values = new Set(rows.map((row) => row[CELEBA_ATTRIBUTES.indexOf(name)]));
    assert.equal(values.size, 2, name);
  }
});

test('a bald head is Bald and has no hair colour, under a hat it is not known as bald', () => {
  const bald = pictureOf({ hair: 'bald', hairColor: 'black' });
  assert.equal(valueOf('Bald', bald), 1);
  assert.equal(valueOf('Black_Hair', bald), -1);
  assert.equal(valueOf('Bald', { ...bald, headwear: 'hat' }), -1);
});

test('a hat is Wearing_Hat, a headband is not', () => {
  assert.equal(valueOf('Wearing_Hat', pictureOf({}, { headwear: 'santa-hat' })), 1);
  assert.equal(valueOf('Wearing_Hat', pictureOf({}, { headwear: 'headband' })), -1);
});

test('a mustache alone is Mustache and No_Beard, a full beard is neither No_Beard nor Goatee', () => {
  const mustache = pictureOf({ facialHair: 'mustache1' });
  assert.deepEqual([valueOf('Mustache', mustache), valueOf('No_Beard', mustache)], [1, 1]);
  const beard = pictureOf({ facialHair: 'beard1' });
  assert.deepEqual([valueOf('No_Beard', beard), valueOf('Goatee', beard)], [-1, -1]);
});

test('long hair that a hat hides is not seen, curly hair is cut short under it', () => {
  assert.equal(visibleHair(pictureOf({ hair: 'female7' }, { headwear: 'hat' })), 'none');
  assert.equal(visibleHair(pictureOf({ hair: 'curly' }, { headwear: 'hat' })), 'short');
});
