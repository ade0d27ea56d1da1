/** A person of the sample set: what stays the same from one of their pictures to the next. */

import {
  EYE_LINES,
  EYEBROWS,
  EYES,
  FACIAL_HAIR,
  HAIR,
  HAIR_COLORS,
  HEADS,
  LONG_HAIR,
  NOSES,
  SKIN_COLORS,
  WRINKLES,
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
  const hair = chooseOf(HAIR, 0.04, male, random);
  const person: Person = {
    male,
    old,
    skin: random.choose(SKIN_COLORS),
    hairColor,
    hairShade: random.choose(HAIR_COLORS[hairColor]),
    hair,
    longHair: hair !== 'bald' && random.chance(male ? 0.02 : 0.88) ? random.choose(LONG_HAIR) : 'none',
    head: chooseOf(HEADS, 0.06, male, random),
    fatness: random.between(0, male ? 0.8 : 0.6),
    bodySize: random.between(male ? 0.93 : 0.8, male ? 1.05 : 0.93),
    ear: random.choose(['ear1', 'ear2']),
    earSize: random.between(0.5, 1.1),
    eye: random.choose(male ? EYES.male : EYES.female),
    eyeAngle: random.between(-8, 12),
    eyebrow: chooseOf(EYEBROWS, 0.2, male, random),
    eyebrowAngle: random.between(-12, 16),
    nose: random.choose(NOSES),
    noseSize: random.between(0.5, 1.15),
    facialHair: male ? chooseFacialHair(random) : 'none',
    stubble: male && random.chance(0.5) ? random.between(0.08, 0.2) : 0,
    eyeLine: random.chance(old ? 0.7 : 0.15) ? random.choose(EYE_LINES) : 'none',
    skinMark: chooseSkinMark(old, random),
    wearsGlasses: random.chance(0.16),
  };
  // Too few are bald by the list of hair alone.
  const bald = male && old && random.chance(0.25);
  return bald ? { ...person, hair: 'bald', longHair: 'none' } : person;
}

type ByClass = Record<'shared' | 'female' | 'male', readonly string[]>;

function chooseOf(parts: ByClass, sharedShare: number, male: boolean, random: Random): string {
  if (random.chance(sharedShare)) return random.choose(parts.shared);
  return random.choose(male ? parts.male : parts.female);
}

function chooseFacialHair(random: Random): string {
  const kind = random.weighted({ none: 22, mustache: 13, goatee: 28, beard: 25, sideburns: 12 });
  return kind === 'none' ? 'none' : random.choose(FACIAL_HAIR[kind]);
}

function chooseSkinMark(old: boolean, random: Random): string {
  if (old && random.chance(0.6)) return random.choose(WRINKLES);
  return random.weighted({ none: 70, blush: 10, freckles1: 8, freckles2: 4, chin1: 4, chin2: 4 });
}
