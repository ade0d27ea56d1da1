/** Who is in the sample set, in which part, and which picture gets which number. */

import type { Part } from '../types';
import { inventPerson } from './person';
import { inventPicture, type Picture } from './picture';
import { randomFrom } from './random';

/** A picture with its place in the tables. */
export interface PlannedPicture {
  /** File name, such as `000001.jpg`. */
  name: string;
  identity: number;
  part: Part;
  picture: Picture;
}

// Shares of the parts. CelebA's test part is 10 %; here it is larger, so that its accuracy has a bearable interval. Training
// photos cost most of the time, test photos least.
const PART_SHARES: [Part, number][] = [
  ['train', 0.5],
  ['validation', 0.15],
  ['test', 0.35],
];
// CelebA: 41.9, 42.6 and 38.7 % in its three parts.
const MALE_SHARE = 0.42;

/**
 * Plans all pictures. A person has two to four pictures (one, where only one is left to plan), all in one part; the
 * numbers run through training, validation and test as in CelebA, and say nothing about class or person.
 * @param photoCount how many pictures, at least 24
 * @param seed       decides everything
 */
export function planPictures(photoCount: number, seed: number): PlannedPicture[] {
  const planned: PlannedPicture[] = [];
  let identity = 0;
  for (const [part, count] of partCounts(photoCount)) {
    const maleCount = Math.round(count * MALE_SHARE);
    const pictures: Pick<PlannedPicture, 'identity' | 'picture'>[] = [];
    for (const male of [true, false]) {
      for (let left = male ? maleCount : count - maleCount; left > 0;) {
        identity++;
        const shown = picturesOfPerson(identity, male, left, seed);
        pictures.push(...shown);
        left -= shown.length;
      }
    }
    for (const one of randomFrom(`${seed}/order/${part}`).shuffled(pictures)) {
      planned.push({ ...one, part, name: `${String(planned.length + 1).padStart(6, '0')}.jpg` });
    }
  }
  return planned;
}

function partCounts(photoCount: number): [Part, number][] {
  const [train, validation, test] = PART_SHARES;
  const trainCount = Math.round(photoCount * train[1]);
  const validationCount = Math.round(photoCount * validation[1]);
  return [
    [train[0], trainCount],
    [validation[0], validationCount],
    [test[0], photoCount - trainCount - validationCount],
  ];
}

function picturesOfPerson(identity: number, male: boolean, most: number, seed: number) {
  const random = randomFrom(`${seed}/person/${identity}`);
  const person = inventPerson(male, random);
  const count = Math.min(most, random.choose([2, 2, 2, 3, 4]));
  return Array.from({ length: count }, (_, i) => ({
    identity,
    picture: inventPicture(person, randomFrom(`${seed}/person/${identity}/picture/${i}`)),
  }));
}
