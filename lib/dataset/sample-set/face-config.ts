/** What facesjs is told to draw for a picture. */

import { FADED_UNDER_HAT, HATS, SHORT_UNDER_HAT } from './parts';
import type { Picture } from './picture';

/** Whether the picture shows a hat. */
export function hasHat({ headwear }: Picture): boolean {
  return HATS.includes(headwear);
}

/** The hair on the head that can be seen in the picture: an id of facesjs, or `none`. */
export function visibleHair(picture: Picture): string {
  const { hair } = picture.person;
  if (!hasHat(picture)) return hair;
  if (SHORT_UNDER_HAT.includes(hair)) return 'short';
  return FADED_UNDER_HAT.includes(hair) ? 'short-fade' : 'none';
}

/**
 * The face in facesjs's own terms. A new object at each call: facesjs changes what it is given.
 * @returns a complete FaceConfig of facesjs 5
 */
export function faceConfig(picture: Picture) {
  const { person } = picture;
  return {
    fatness: person.fatness,
    teamColors: picture.clothColors,
    hairBg: { id: person.longHair },
    body: { id: 'body', color: person.skin, size: person.bodySize },
    jersey: { id: picture.jersey },
    ear: { id: person.ear, size: person.earSize },
    head: { id: person.head, shave: `rgba(0,0,0,${person.stubble.toFixed(2)})` },
    eyeLine: { id: person.eyeLine },
    smileLine: { id: picture.smileLine, size: 1 },
    miscLine: { id: person.skinMark },
    facialHair: { id: person.facialHair },
    eye: { id: person.eye, angle: person.eyeAngle },
    eyebrow: { id: person.eyebrow, angle: person.eyebrowAngle },
    hair: { id: person.hair, color: person.hairShade, flip: false },
    mouth: { id: picture.mouth, flip: picture.mouthFlipped },
    nose: { id: person.nose, flip: false, size: person.noseSize },
    glasses: { id: picture.glasses },
    accessories: { id: picture.headwear },
  };
}
