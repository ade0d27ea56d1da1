/** A person of the sample set: what stays the same from one of their pictures to the next. */

import {
  BUSHY_EYEBROWS,
  FACIAL_HAIR,
  FEMALE_EYEBROWS,
  FEMALE_EYES,
  FEMALE_HAIR,
  HAIR_COLORS,
  HEADS,
  LONG_HAIR,
  MALE_HAIR,
  NOSES,
  PLAIN_EYEBROWS,
  PLAIN_EYES,
  SHARED_HAIR,
  SKIN_COLORS,
} from './parts';
import type { Random } from './random';

/** A colour of hair by CelebA's name. */
export type HairColor = keyof typeof HAIR_COLORS;

/** What a person looks like in all of their pictures; ids are facesjs's. */
export interface Person {
  male: boolean;
  old: boolean;
  skin: string;
  hairColor: HairColor;
  hairShade: string;
  hair: string;
  /** Hair behind the head, or `none`. */
  longHair: string;
  head: string;
  /** Width of the face, 0 to 1. */
  fatness: number;
  bodySize: number;
  ear: string;
  earSize: number;
  eye: string;
  eyeAngle: number;
  eyebrow: string;
  eyebrowAngle: number;
  nose: string;
  noseSize: number;
  facialHair: string;
  /** Opacity of the shadow of a shaved beard, 0 to 0.2. */
  stubble: number;
  /** Lines under or beside the eyes, or `none`. */
  eyeLine: string;
  /** Freckles, blush, wrinkles or `none`. */
  skinMark: string;
  wearsGlasses: boolean;
}

/**
 * Invents a person. Skin, hair colour, age, nose and glasses don't depend on the class; eyes, eyebrows, head, hair style
 * and facial hair do, some always and some more or less often.
 * @param male   whether the person shall be labelled male
 * @param random fixed by the person's number
 */
export function inventPerson(male: boolean, random: Random): Person {
  const old = random.chance(0.2);
  const hairColor = old && random.chance(0.7) ? 'gray' : random.weighted({ black: 33, brown: 34, blond: 25, red: 8 });
  return {
    male,
    old,
    skin: random.choose(SKIN_COLORS),
    hairColor,
    hairShade: random.choose(HAIR_COLORS[hairColor]),
    hair: chooseHair(male, random),
    longHair: random.chance(male ? 0.14 : 0.5) ? random.choose(LONG_HAIR) : 'none',
    head: random.choose(HEADS[random.chance(0.4) ? 'shared' : male ? 'male' : 'female']),
    fatness: random.between(0, male ? 0.8 : 0.6),
    bodySize: random.between(male ? 0.92 : 0.84, male ? 1.05 : 0.96),
    ear: random.choose(['ear1', 'ear2']),
    earSize: random.between(0.5, 1.1),
    eye: random.choose(male ? PLAIN_EYES : FEMALE_EYES),
    eyeAngle: random.between(-8, 12),
    eyebrow: chooseEyebrow(male, random),
    eyebrowAngle: random.between(-12, 16),
    nose: random.choose(NOSES),
    noseSize: random.between(0.5, 1.15),
    facialHair: male ? chooseFacialHair(random) : 'none',
    stubble: male && random.chance(0.25) ? random.between(0.08, 0.2) : 0,
    eyeLine: random.chance(old ? 0.7 : 0.15) ? random.choose(['line2', 'line3', 'line4', 'line5']) : 'none',
    skinMark: chooseSkinMark(old, random),
    wearsGlasses: random.chance(0.16),
  };
}

function chooseHair(male: boolean, random: Random): string {
  if (random.chance(0.5)) return random.choose(SHARED_HAIR);
  return random.choose(male ? MALE_HAIR : FEMALE_HAIR);
}

function chooseEyebrow(male: boolean, random: Random): string {
  if (random.chance(0.3)) return random.choose(male ? BUSHY_EYEBROWS : FEMALE_EYEBROWS);
  return random.choose(PLAIN_EYEBROWS);
}

function chooseFacialHair(random: Random): string {
  const kind = random.weighted({ none: 58, mustache: 8, goatee: 12, beard: 16, sideburns: 6 });
  return kind === 'none' ? 'none' : random.choose(FACIAL_HAIR[kind]);
}

function chooseSkinMark(old: boolean, random: Random): string {
  if (old && random.chance(0.6)) return random.choose(['forehead2', 'forehead3', 'forehead4']);
  return random.weighted({ none: 70, blush: 10, freckles1: 8, freckles2: 4, chin1: 4, chin2: 4 });
}
