/** The landmarks of a face that may lie on its side or stand on its head. */

import type { FaceFrame } from '../model/classifier-description';
import type { RgbPhoto } from '../photos/decode';
import { alignFace } from './align-face';
import type { Box } from './detect-faces';
import { isPlausible } from './face-shape';
import { findLandmarks, type FivePoints } from './find-landmarks';
import { likenessOf } from './photo-looks';

// The landmark network guesses an upright face in any. Of 96 looks at faces in their four turns, the upright ones were .30 to .73
// like the mean training photo once they were aligned; the others had .39 at most, and then in the right turn mostly .45 to .70.
const SURELY_UPRIGHT = 0.4;
const CLEARLY_MORE = 0.15;

/**
 * Finds the five points of a face, whichever side of it is up: one that is little like the training photos when aligned by
 * them is also looked at in three quarter turns, and a turn that makes it far more like them is right.
 * @param photo RGB bytes
 * @param box   of the face
 * @param frame of the training photos
 * @returns     points in pixels of the photo
 */
export async function findUprightLandmarks(photo: RgbPhoto, box: Box, frame: FaceFrame): Promise<FivePoints> {
  const look = async (degrees: 0 | 90 | 180 | 270) => {
    const points = await findLandmarks(photo, box, degrees);
    const likeness = isPlausible(points) ? likenessOf(alignFace(photo, points, frame), frame.meanEdges) : -1;
    return { points, likeness };
  };
  const first = await look(0);
  if (first.likeness >= SURELY_UPRIGHT) return first.points;
  const turned = [await look(90), await look(180), await look(270)];
  const best = turned.reduce((a, b) => (b.likeness > a.likeness ? b : a));
  const least = CLEARLY_MORE + Math.max(first.likeness, frame.limits.likeness);
  return best.likeness >= least ? best.points : first.points;
}
