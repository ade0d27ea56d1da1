/** Which training photo is seen in which views. */

import { InputError } from '../errors';
import { DEGRADED_VIEWS } from './degraded-views';
import { MOVED_VIEWS } from './moved-views';
import { MIRRORED_VIEW, PLAIN_VIEW, type PhotoView } from './view';

// 0 stands for none.
const SHARES = [0, ...DEGRADED_VIEWS.map((_, i) => i + 1).filter((share) => DEGRADED_VIEWS.length % share === 0)];

/** A view, and what is seen so. */
export interface ViewPlan<T> {
  view: PhotoView;
  photos: T[];
}

/**
 * Spreads views over photos: each photo is seen as it is, mirrored, in one of the moved views and in some of those made worse, in
 * turn within its class, so that in whatever order the labels come no view tells the class. The features of that many views are
 * 3 + `degraded` times those of the photos alone, however many kinds there are.
 * @param photos   training photos, in an order that doesn't change from run to run; `label` is the class's index
 * @param degraded how many of the views made worse each photo has: a divisor of their number, or 0
 * @returns        the plain view first, with all photos; views without photos are left out
 * @throws         InputError where `degraded` is another number
 * @example        spreadViews(trainPhotos, 3).length // 20
 */
export function spreadViews<T extends { label: number }>(photos: readonly T[], degraded: number): ViewPlan<T>[] {
  if (!SHARES.includes(degraded)) throw noDivisor(degraded);
  const places = placesInClass(photos);
  const plans = [
    { view: PLAIN_VIEW, photos: [...photos] },
    { view: MIRRORED_VIEW, photos: [...photos] },
    ...inTurn(places, MOVED_VIEWS, 1),
    ...inTurn(places, DEGRADED_VIEWS, degraded),
  ];
  return plans.filter((plan) => plan.photos.length > 0);
}

function noDivisor(degraded: number): InputError {
  return new InputError({
    where: 'degradedViews',
    found: String(degraded),
    expected: `one of ${SHARES.join(', ')}`,
    remedy: 'Only these give each photo equally many of the views made worse',
  });
}

/** A photo, and how many of its class come before it. */
interface Place<T> {
  photo: T;
  before: number;
}

function placesInClass<T extends { label: number }>(photos: readonly T[]): Place<T>[] {
  const counts = new Map<number, number>();
  return photos.map((photo) => {
    const before = counts.get(photo.label) ?? 0;
    counts.set(photo.label, before + 1);
    return { photo, before };
  });
}

/** Each photo in `each` of the views: those whose numbers are as many turns apart. */
function inTurn<T>(places: readonly Place<T>[], views: readonly PhotoView[], each: number): ViewPlan<T>[] {
  if (each === 0) return [];
  const turns = views.length / each;
  const seenIn = (number: number) => places.filter(({ before }) => before % turns === number % turns);
  return views.map((view, number) => ({ view, photos: seenIn(number).map(({ photo }) => photo) }));
}
