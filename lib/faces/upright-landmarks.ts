/** The landmarks of a face that may lie on its side or stand on its head. */

import type { FaceFrame } from '../model/classifier-description';
import type { RgbPhoto } from '../photos/decode';
import { alignFace } from './align-face';
import type { Box } from './detect-faces';
import { isPlausible } from './face-shape';
import { findLandmarks, lookAgain, lookOnce, type FivePoints } from './find-landmarks';
import { likenessOf } from './photo-looks';

// The landmark network guesses an upright face in any. Of 96 looks at faces in their four turns, the upright ones were .30 to .73
// like the mean training photo once they were aligned; the others had .39 at most, and then in the right turn mostly .45 to .70.
const SURELY_UPRIGHT = 0.4;
const CLEARLY_MORE = 0.15;
// One look places the points roughly. 284 turned faces that were like enough after the second look lacked at most .08 after the
// first; of the three turns of 27 upright ones, five came as near.
const NEARLY = 0.1;

/**
 * Finds the five points of a face, whichever side of it is up: one that is little like the training photos when aligned by
 * them is also looked at in three quarter turns, and a turn that makes it far more like them is right.
 * @param photo RGB bytes
 * @param box   of the face
 * @param frame of the training photos
 * @returns     points in pixels of the photo
 */
export async function findUprightLandmarks(photo: RgbPhoto, box: Box, frame: FaceFrame): Promise<FivePoints> {
  const likenessBy = (points: FivePoints): number =>
    isPlausible(points) ? likenessOf(alignFace(photo, points, frame), frame.meanEdges) : -1;
  const upright = await findLandmarks(photo, box);
  const likeness = likenessBy(upright);
  if (likeness >= SURELY_UPRIGHT) return upright;
  let best = { points: upright, likeness: CLEARLY_MORE + Math.max(likeness, frame.limits.likeness) };
  for (const degrees of [90, 180, 270] as const) {
    const roughly = await lookOnce(photo, box, degrees);
    if (likenessBy(roughly) < best.likeness - NEARLY) continue;
    const points = await lookAgain(photo, roughly);
    const turned = likenessBy(points);
    if (turned >= best.likeness) best = { points, likeness: turned };
  }
  return best.points;
}
