/** The views that training sees beside the photo itself: its mirror image, and one a little nearer, farther or aside. */

import { MIRRORED_VIEW, PLAIN_VIEW, type PhotoView } from './view';

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

/** A view, and what is seen so. */
export interface ViewPlan<T> {
  view: PhotoView;
  photos: T[];
}

/**
 * Which photo is seen in which views: each as it is, each mirrored, and each in one of the moved views in turn. That costs
 * three times the features of the photos alone, however many moved views there are.
 * @param photos training photos, in an order that doesn't change from run to run
 * @param moved  moved views; none leaves photo and mirror image
 * @returns      the plain view first, with all photos; views without photos are left out
 * @example      spreadViews(trainPhotos, MOVED_VIEWS).length // 8
 */
export function spreadViews<T>(photos: readonly T[], moved: readonly PhotoView[] = MOVED_VIEWS): ViewPlan<T>[] {
  const plans = [
    { view: PLAIN_VIEW, photos: [...photos] },
    { view: MIRRORED_VIEW, photos: [...photos] },
    ...moved.map((view, number) => ({ view, photos: photos.filter((_, i) => i % moved.length === number) })),
  ];
  return plans.filter((plan) => plan.photos.length > 0);
}
