/** Views that training sees beside the photo itself: made worse, as photos from elsewhere are. */

import type { Degradation } from './degrade';
import { MIRRORED_VIEW, PLAIN_VIEW, type PhotoView } from './view';

/**
 * Photos of one set are alike in sharpness, noise, light and quality, and a network takes what is common there for what it
 * was asked: without these views it often erred on poor JPEGs and sharpened photos (docs/training.md). Half of them are
 * mirrored. Each fourth is of another kind, so that a photo that is seen in three of them is seen in three kinds.
 */
export const DEGRADED_VIEWS: readonly PhotoView[] = [
  worse('JPEG of quality 8', { kind: 'jpeg', quality: 8 }),
  worse('blurred', { kind: 'blur', sigma: 1.2 }),
  worse('much noise', { kind: 'noise', deviation: 25 }),
  worse('much sharpened', { kind: 'sharpen', sigma: 2.5, amount: 5 }),
  mirrored('noise', { kind: 'noise', deviation: 12 }),
  mirrored('light', { kind: 'gamma', gamma: 0.5 }),
  mirrored('sharpened', { kind: 'sharpen', sigma: 1.2, amount: 3 }),
  mirrored('JPEG of quality 18', { kind: 'jpeg', quality: 18 }),
  worse('dark', { kind: 'gamma', gamma: 2 }),
  worse('sharpened, broad', { kind: 'sharpen', sigma: 2, amount: 3 }),
  mirrored('much blurred', { kind: 'blur', sigma: 2.4 }),
  mirrored('grey', { kind: 'grey' }),
];

function worse(name: string, degradation: Degradation): PhotoView {
  return { ...PLAIN_VIEW, name, degradation };
}

function mirrored(name: string, degradation: Degradation): PhotoView {
  return { ...MIRRORED_VIEW, name: `${name}, mirrored`, degradation };
}
