/** One picture of a person: what changes from one to the next. */

import { GLASSES, HATS, HEADBANDS, JERSEYS, MOUTHS, SMILE_LINES } from './parts';
import type { Person } from './person';
import type { Random } from './random';

/** How the frame lies over facesjs's drawing of 400 x 600 units. */
export interface Camera {
  /** Width of the frame in units; the height follows from 178 x 218. */
  width: number;
  /** Where the point between the eyes lies, as shares of the frame. */
  eyesAt: [x: number, y: number];
  /** Clockwise, in degrees. */
  rotation: number;
  mirrored: boolean;
}

/** What happens between the drawing and the file. */
export interface Development {
  /** Factors of red, green and blue. */
  light: [red: number, green: number, blue: number];
  /** Share of the light lost at the dark side, 0 to 1. */
  shadow: number;
  /** Where the dark side is. */
  shadowSide: 'left' | 'right' | 'bottom';
  /** Passes of a 3 x 3 blur. */
  blurPasses: number;
  /** Largest step of the noise, in levels of 255. */
  noise: number;
  /** JPEG quality, 1 to 100. */
  quality: number;
}

/** A picture that can be drawn. */
export interface Picture {
  person: Person;
  smiling: boolean;
  mouth: string;
  mouthFlipped: boolean;
  smileLine: string;
  /** Glasses, hat or headband; `none` for none. */
  glasses: string;
  headwear: string;
  jersey: string;
  clothColors: [string, string, string];
  camera: Camera;
  development: Development;
}

/**
 * Invents a picture; nothing in it depends on the person's class.
 * @param person whom it shows
 * @param random fixed by the picture's number
 */
export function inventPicture(person: Person, random: Random): Picture {
  const smiling = random.chance(0.48);
  return {
    person,
    smiling,
    mouth: random.choose(MOUTHS[smiling ? 'smiling' : 'serious']),
    mouthFlipped: random.chance(0.5),
    smileLine: random.chance(smiling ? 0.5 : 0.2) ? random.choose(SMILE_LINES) : 'none',
    glasses: random.chance(person.wearsGlasses ? 0.8 : 0.05) ? random.choose(GLASSES) : 'none',
    headwear: chooseHeadwear(random),
    jersey: random.choose(JERSEYS),
    clothColors: [clothColor(random), clothColor(random), clothColor(random)],
    camera: {
      width: random.between(355, 425),
      eyesAt: [random.between(0.46, 0.54), random.between(0.45, 0.52)],
      rotation: random.between(-7, 7),
      mirrored: random.chance(0.5),
    },
    development: inventDevelopment(random),
  };
}

function chooseHeadwear(random: Random): string {
  const kind = random.weighted({ none: 86, hat: 9, headband: 5 });
  return kind === 'none' ? 'none' : random.choose(kind === 'hat' ? HATS : HEADBANDS);
}

function clothColor(random: Random): string {
  const hue = Math.floor(random.between(0, 360));
  return `hsl(${hue}, ${Math.floor(random.between(10, 75))}%, ${Math.floor(random.between(18, 88))}%)`;
}

function inventDevelopment(random: Random): Development {
  const brightness = random.between(0.85, 1.15);
  const warmth = random.between(-0.08, 0.08);
  return {
    light: [brightness * (1 + warmth), brightness, brightness * (1 - warmth)],
    shadow: random.between(0, 0.3),
    shadowSide: random.choose(['left', 'right', 'bottom']),
    blurPasses: random.chance(0.85) ? 0 : random.chance(0.7) ? 1 : 2,
    noise: random.chance(0.5) ? 2 : random.between(4, 12),
    quality: Math.floor(random.between(55, 96)),
  };
}
