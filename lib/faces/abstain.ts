/** When no answer is better than a guess, and why. */

import type { Calibration, FaceFrame } from '../model/classifier-description';
import { turnOf } from './face-shape';
import { likenessOf, sharpnessOf } from './photo-looks';
import type { ReadFace } from './reading';

/** Below this a face's box is too small to tell anything from. */
export const LEAST_FACE_PX = 40;

// Beyond these a percentage near 100 has no more digits.
const MOST_DECIMALS = 14;

/**
 * Why a face shouldn't be answered, judged by the photo alone: too small, blurred, turned away, or unlike the training photos.
 * All limits but the size come from the training photos.
 * @param face  as `readPhoto` returns it
 * @param frame kept with the model; without it nothing is judged
 * @returns     the first reason, as a few words; undefined where there is none
 */
export function faultOf({ box, points, aligned }: ReadFace, frame: FaceFrame | undefined): string | undefined {
  if (frame === undefined) return undefined;
  const side = Math.min(box[2], box[3]);
  if (side < LEAST_FACE_PX) return `the face is ${Math.floor(side)} pixels wide: under ${LEAST_FACE_PX}`;
  const { limits, meanEdges } = frame;
  if (sharpnessOf(aligned) < limits.sharpness) return 'the face is blurred';
  if (points.length === 5 && turnOf(points) > limits.turn) return 'the face is turned away';
  if (likenessOf(aligned, meanEdges) < limits.likeness) return 'far from the training photos';
  return undefined;
}

/**
 * Why an answer isn't sure enough.
 * @param probability calibrated, of the class that is most likely
 * @param calibration kept with the model; without it every answer is given
 * @returns           a few words; undefined where it is sure enough
 */
export function doubtOf(probability: number, calibration: Calibration | undefined): string | undefined {
  if (calibration === undefined || probability >= calibration.threshold) return undefined;
  const [found, least] = percentsApart(probability, calibration.threshold);
  return `unsure: ${found} %, and answers begin at ${least} %`;
}

/** Both in percent, with as many decimals as tell them apart, one at least. */
function percentsApart(a: number, b: number): [string, string] {
  let decimals = 1;
  const shown = (share: number): string => (100 * share).toFixed(decimals);
  while (decimals < MOST_DECIMALS && shown(a) === shown(b)) decimals++;
  return [shown(a), shown(b)];
}
