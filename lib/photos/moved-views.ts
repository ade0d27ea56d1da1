/** Views that training sees beside the photo itself: a little nearer, farther or aside. */

import type { PhotoView } from './view';

/**
 * Faces that are found and aligned lie a little beside their place, and tight crops nearer: these views cover scales from
 * 0.9 to 1.12 and shifts up to a twentieth of the picture, half of them mirrored.
 */
export const MOVED_VIEWS: readonly PhotoView[] = [
  { name: 'nearer', flip: false, scale: 1.12, shiftX: 0.02, shiftY: -0.02 },
  { name: 'farther, mirrored', flip: true, scale: 0.9, shiftX: -0.03, shiftY: 0.03 },
  { name: 'nearer, mirrored', flip: true, scale: 1.08, shiftX: -0.04, shiftY: 0.02 },
  { name: 'farther', flip: false, scale: 0.94, shiftX: 0.04, shiftY: -0.03 },
  { name: 'aside, mirrored', flip: true, scale: 1, shiftX: 0.04, shiftY: 0.04 },
  { name: 'aside', flip: false, scale: 1.04, shiftX: -0.02, shiftY: -0.05 },
];
