/** A face as the training photos show theirs: eyes and mouth in the same places. */

import type { FaceFrame } from '../model/classifier-description';
import type { RgbPhoto } from '../photos/decode';
import { resizeSmooth } from '../photos/resize-smooth';
import { drawThrough } from './draw-through';
import { eyesAndMouth, type FivePoints } from './find-landmarks';
import { applySimilarity, fitSimilarity, type Similarity } from './similarity';

/** Where eyes and mouth shall lie, in a photo of which size. */
export type Frame = Pick<FaceFrame, 'width' | 'height' | 'points'>;

/**
 * Turns, scales and cuts a face out of a photo so that eyes and mouth corners lie as near as they can to the frame's.
 * @param photo  RGB bytes
 * @param points landmarks of the face in the photo
 * @param frame  of the training photos
 * @returns      frame.width x frame.height; beyond the photo its border pixels go on
 */
export function alignFace(photo: RgbPhoto, points: FivePoints, frame: Frame): RgbPhoto {
  return drawThrough(photo, toFrame(points, frame), frame.height, frame.width);
}

/**
 * Where the landmarks of a face lie in what `alignFace` makes of it: near the frame's, not quite there, as faces differ.
 * @param points landmarks of the face in the photo
 * @param frame  as for `alignFace`
 * @returns      in pixels of the aligned face
 */
export function alignedPoints(points: FivePoints, frame: Frame): FivePoints {
  const forward = toFrame(points, frame);
  return points.map((point) => applySimilarity(forward, point)) as FivePoints;
}

function toFrame(points: FivePoints, frame: Frame): Similarity {
  return fitSimilarity(eyesAndMouth(points), eyesAndMouth(frame.points));
}

/**
 * A photo that is an aligned face already, in the size of the training photos.
 * @param photo RGB bytes
 * @param frame of the training photos
 * @returns     the same photo where its size is right; else stretched
 */
export function fitToFrame(photo: RgbPhoto, frame: Frame): Promise<RgbPhoto> {
  return resizeSmooth(photo, frame.height, frame.width);
}
