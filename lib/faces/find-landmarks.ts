/** Eyes, tip of the nose and corners of the mouth of a face that was found. */

import type { Point } from '../model/classifier-description';
import type { RgbPhoto } from '../photos/decode';
import { tf } from '../tensorflow/load';
import type { Box } from './detect-faces';
import { drawThrough } from './draw-through';
import { loadFaceNetworks } from './face-api';
import { applySimilarity, fitSimilarity, invertSimilarity, meanPoint, type Similarity } from './similarity';

/** Left eye, right eye (as one looks at the photo), tip of the nose, left and right corner of the mouth. */
export type FivePoints = [Point, Point, Point, Point, Point];

// Side of the landmark network's input.
const SIDE = 112;
// Mean places of eyes and mouth corners in that input, over 20 upright portraits: where the second look puts them.
const UPRIGHT: [Point, Point, Point, Point] = [
  [36.5, 39.2],
  [78.9, 38.9],
  [39.7, 83.5],
  [76.7, 83.5],
];
// Of the 68 points: 36 to 41 and 42 to 47 surround the eyes, 30 is the tip of the nose, 48 and 54 are the mouth's corners.
const EYES: [number, number][] = [
  [36, 42],
  [42, 48],
];
const [NOSE, LEFT_CORNER, RIGHT_CORNER] = [30, 48, 54];

/**
 * Finds the five points of a face, in two looks: the second at the face turned upright by the first. That makes the places
 * three times steadier: 0.6 % of the eye distance, where one look's differ by 2 % when photo and box are turned and moved.
 * @param photo RGB bytes
 * @param box   of the face, which the network takes for upright
 * @returns     points in pixels of the photo
 */
export async function findLandmarks(photo: RgbPhoto, box: Box): Promise<FivePoints> {
  return lookAgain(photo, await lookOnce(photo, box, 0));
}

/**
 * Finds the five points of a face roughly, in one look.
 * @param photo   RGB bytes
 * @param box     of the face
 * @param degrees by which it is first turned clockwise; the network takes what it gets for upright
 * @returns       points in pixels of the photo
 */
export async function lookOnce(
  photo: RgbPhoto,
  [x, y, width, height]: Box,
  degrees: 0 | 90 | 180 | 270,
): Promise<FivePoints> {
  const scale = SIDE / Math.max(width, height);
  const angle = (degrees / 180) * Math.PI;
  const turn = { a: scale * Math.cos(angle), b: scale * Math.sin(angle), shiftX: 0, shiftY: 0 };
  const [middleX, middleY] = applySimilarity(turn, [x + width / 2, y + height / 2]);
  return lookAt(photo, { ...turn, shiftX: SIDE / 2 - middleX, shiftY: SIDE / 2 - middleY });
}

/**
 * Finds the five points of a face whose places are roughly known, in one look at the face turned upright by them.
 * @param photo  RGB bytes
 * @param points roughly, in pixels of the photo
 * @returns      points in pixels of the photo
 */
export function lookAgain(photo: RgbPhoto, points: FivePoints): Promise<FivePoints> {
  return lookAt(photo, fitSimilarity(eyesAndMouth(points), UPRIGHT));
}

/** The four points by which a face is aligned; the nose tells how it is turned. */
export function eyesAndMouth([leftEye, rightEye, , leftCorner, rightCorner]: FivePoints): Point[] {
  return [leftEye, rightEye, leftCorner, rightCorner];
}

async function lookAt(photo: RgbPhoto, forward: Similarity): Promise<FivePoints> {
  const face = drawThrough(photo, forward, SIDE, SIDE);
  const { landmarks } = await loadFaceNetworks();
  const shares = tf.tidy(() => {
    const pixels = tf.tensor3d(face.data, [SIDE, SIDE, 3], 'int32').toFloat();
    return landmarks(pixels);
  });
  const back = invertSimilarity(forward);
  const points = Array.from({ length: 68 }, (_, i) =>
    applySimilarity(back, [SIDE * shares[2 * i], SIDE * shares[2 * i + 1]]),
  );
  const [leftEye, rightEye] = EYES.map(([from, to]) => meanPoint(points.slice(from, to)));
  return [leftEye, rightEye, points[NOSE], points[LEFT_CORNER], points[RIGHT_CORNER]];
}
