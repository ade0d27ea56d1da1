/** CelebA's 40 attributes, and what a drawing knows of them. */

import { hasHat, visibleHair } from './face-config';
import { BANGS, EYE_BAGS, EYEBROWS, FACIAL_HAIR, MUSTACHES, OPEN_MOUTHS, WAVY_HAIR } from './parts';
import type { Picture } from './picture';

/** The 40 names in the order of CelebA's table. */
export const CELEBA_ATTRIBUTES = [
  '5_o_Clock_Shadow',
  'Arched_Eyebrows',
  'Attractive',
  'Bags_Under_Eyes',
  'Bald',
  'Bangs',
  'Big_Lips',
  'Big_Nose',
  'Black_Hair',
  'Blond_Hair',
  'Blurry',
  'Brown_Hair',
  'Bushy_Eyebrows',
  'Chubby',
  'Double_Chin',
  'Eyeglasses',
  'Goatee',
  'Gray_Hair',
  'Heavy_Makeup',
  'High_Cheekbones',
  'Male',
  'Mouth_Slightly_Open',
  'Mustache',
  'Narrow_Eyes',
  'No_Beard',
  'Oval_Face',
  'Pale_Skin',
  'Pointy_Nose',
  'Receding_Hairline',
  'Rosy_Cheeks',
  'Sideburns',
  'Smiling',
  'Straight_Hair',
  'Wavy_Hair',
  'Wearing_Earrings',
  'Wearing_Hat',
  'Wearing_Lipstick',
  'Wearing_Necklace',
  'Wearing_Necktie',
  'Young',
] as const;

/** A name of an attribute. */
export type CelebaAttribute = (typeof CELEBA_ATTRIBUTES)[number];

const isOneOf = (id: string, ids: readonly string[]): boolean => ids.includes(id);
const hasHairOf = (picture: Picture, color: string): boolean =>
  picture.person.hairColor === color &&
  (picture.person.longHair !== 'none' || !isOneOf(visibleHair(picture), ['none', 'bald']));

/** What decides each attribute that the drawing knows; the others are unknown. */
const DECIDED_BY: Partial<Record<CelebaAttribute, (picture: Picture) => boolean>> = {
  '5_o_Clock_Shadow': ({ person }) => person.stubble > 0,
  Bags_Under_Eyes: ({ person }) => isOneOf(person.eyeLine, EYE_BAGS),
  Bald: (picture) => visibleHair(picture) === 'bald',
  Bangs: (picture) => isOneOf(visibleHair(picture), BANGS),
  Black_Hair: (picture) => hasHairOf(picture, 'black'),
  Blond_Hair: (picture) => hasHairOf(picture, 'blond'),
  Blurry: ({ development }) => development.blurPasses > 1,
  Brown_Hair: (picture) => hasHairOf(picture, 'brown'),
  Bushy_Eyebrows: ({ person }) => isOneOf(person.eyebrow, EYEBROWS.male),
  Eyeglasses: ({ glasses }) => glasses !== 'none',
  Goatee: ({ person }) => isOneOf(person.facialHair, FACIAL_HAIR.goatee),
  Gray_Hair: (picture) => hasHairOf(picture, 'gray'),
  Male: ({ person }) => person.male,
  Mouth_Slightly_Open: ({ mouth }) => isOneOf(mouth, OPEN_MOUTHS),
  Mustache: ({ person }) => isOneOf(person.facialHair, MUSTACHES),
  No_Beard: ({ person }) => !isOneOf(person.facialHair, [...FACIAL_HAIR.beard, ...FACIAL_HAIR.goatee]),
  Receding_Hairline: (picture) => visibleHair(picture) === 'short-bald',
  Rosy_Cheeks: ({ person }) => person.skinMark === 'blush',
  Sideburns: ({ person }) => isOneOf(person.facialHair, FACIAL_HAIR.sideburns),
  Smiling: ({ smiling }) => smiling,
  Wavy_Hair: (picture) => isOneOf(visibleHair(picture), WAVY_HAIR),
  Wearing_Hat: hasHat,
  Young: ({ person }) => !person.old,
};

/** The attributes that a drawing knows, in the table's order. */
export const KNOWN_ATTRIBUTES = CELEBA_ATTRIBUTES.filter((name) => name in DECIDED_BY);

/** The attributes that are -1 for every drawing, in the table's order. */
export const UNKNOWN_ATTRIBUTES = CELEBA_ATTRIBUTES.filter((name) => !(name in DECIDED_BY));

/**
 * The row of a picture in the attribute table.
 * @returns 40 values, 1 or -1, in the order of `CELEBA_ATTRIBUTES`
 */
export function attributesOf(picture: Picture): (1 | -1)[] {
  return CELEBA_ATTRIBUTES.map((name) => (DECIDED_BY[name]?.(picture) ? 1 : -1));
}
