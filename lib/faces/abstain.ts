/** Faces that no answer should be given for, whatever the model says, and why. */

import type { FaceFrame } from '../model/classifier-description';
import { turnOf } from './face-shape';
import { likenessOf, sharpnessOf } from './photo-looks';
import type { ReadFace } from './reading';

/** Below this a face's box is too small to tell anything from. */
const LEAST_FACE_PX = 40;

/**
 * Why a face shouldn't be answered, judged by the photo alone: too small, cut off, blurred, turned away, or unlike the training photos.
 * All limits but the size come from the training photos.
 * @param face  as `readPhoto` returns it
 * @param frame kept with the model; without it nothing is judged
 * @returns     the first reason, as a few words; undefined where there is none
 */
export function faultOf({ box, points, aligned, isCut }: ReadFace, frame: FaceFrame | undefined): string | undefined {
  if (frame === undefined) return undefined;
  const side = Math.min(box[2], box[3]);
  if (side < LEAST_FACE_PX) return `the face is only ${Math.floor(side)} pixels across: under ${LEAST_FACE_PX}`;
  if (isCut) return 'part of the face lies outside the photo';
  const { limits, meanEdges } = frame;
  if (sharpnessOf(aligned) < limits.sharpness) return 'the face is blurred';
  if (points.length === 5 && turnOf(points) > limits.turn) return 'the face is turned away';
  if (likenessOf(aligned, meanEdges) < limits.likeness) return 'far from the training photos';
  return undefined;
}
