/** What five points tell of a face: its distance from a frame, how it is turned, whether they can be a face at all. */

import type { Point } from '../model/classifier-description';
import { eyesAndMouth, type FivePoints } from './find-landmarks';
import { fitSimilarity, meanPoint } from './similarity';

/**
 * Mean distance of eyes and mouth corners from where they should lie.
 * @param points of a face
 * @param frame  where they should lie, in the same pixels
 * @returns      in pixels
 */
export function offsetFrom(points: FivePoints, frame: FivePoints): number {
  const targets = eyesAndMouth(frame);
  const distances = eyesAndMouth(points).map((point, i) => distance(point, targets[i]));
  return distances.reduce((sum, value) => sum + value, 0) / distances.length;
}

/**
 * How much a face must grow or shrink to be as large as a frame's.
 * @param points of a face
 * @param frame  where they should lie, in the same pixels
 * @returns      a factor, 1 or more: 2 for a face half or twice as large
 */
export function scaleTo(points: FivePoints, frame: FivePoints): number {
  const { a, b } = fitSimilarity(eyesAndMouth(points), eyesAndMouth(frame));
  const scale = Math.hypot(a, b);
  return Math.max(scale, 1 / scale);
}

/**
 * How far a face is turned to the side: how far the tip of the nose lies aside of the line from the middle of the eyes to the
 * middle of the mouth.
 * @returns in eye distances, or in distances from eyes to mouth where those are longer; 0 for a face seen from the front
 * @example turnOf(points) // 0.08
 */
export function turnOf([leftEye, rightEye, nose, leftCorner, rightCorner]: FivePoints): number {
  const eyes = meanPoint([leftEye, rightEye]);
  const mouth = meanPoint([leftCorner, rightCorner]);
  const down: Point = [mouth[0] - eyes[0], mouth[1] - eyes[1]];
  const length = Math.hypot(...down);
  const aside = Math.abs(down[0] * (nose[1] - eyes[1]) - down[1] * (nose[0] - eyes[0])) / length;
  return aside / Math.max(distance(leftEye, rightEye), length);
}

/**
 * How far a face leans, as one looks at the photo.
 * @returns degrees clockwise from upright, -180 to 180: 90 for a face with its chin to the left
 * @example rollOf(points) // 4.2
 */
export function rollOf([leftEye, rightEye]: FivePoints): number {
  return (Math.atan2(rightEye[1] - leftEye[1], rightEye[0] - leftEye[0]) / Math.PI) * 180;
}

/**
 * Whether five points can be a face: the mouth below the eyes as the eyes lie side by side, and neither far too near.
 * @returns false for points that the landmark network guessed in something that is no face
 */
export function isPlausible([leftEye, rightEye, , leftCorner, rightCorner]: FivePoints): boolean {
  const across: Point = [rightEye[0] - leftEye[0], rightEye[1] - leftEye[1]];
  const [eyes, mouth] = [meanPoint([leftEye, rightEye]), meanPoint([leftCorner, rightCorner])];
  const down: Point = [mouth[0] - eyes[0], mouth[1] - eyes[1]];
  const width = Math.hypot(...across);
  const below = (across[0] * down[1] - across[1] * down[0]) / width;
  return below > 0.4 * width && below < 4 * width && distance(leftCorner, rightCorner) > 0;
}

function distance([x, y]: Point, [u, v]: Point): number {
  return Math.hypot(x - u, y - v);
}
