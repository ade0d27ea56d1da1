/** The turn, scale and shift that brings points nearest to where they should lie. */

import { InputError } from '../errors';
import type { Point } from '../model/classifier-description';

/** x' = a x - b y + shiftX; y' = b x + a y + shiftY: a turn and a scale, then a shift; nothing is sheared or mirrored. */
export interface Similarity {
  a: number;
  b: number;
  shiftX: number;
  shiftY: number;
}

/**
 * Least squares: of all similarities the one with the smallest sum of squared distances.
 * @param from at least two points that aren't all the same, in pixels
 * @param to   where they should lie, as many
 * @returns    the similarity from `from` to `to`
 * @throws     InputError where there are too few points, not as many of both, or all are the same
 * @source     S. Umeyama, IEEE Trans. Pattern Anal. Mach. Intell. 13 (1991), 376-380; in two dimensions and without mirroring
 *             its rotation and scale are these two sums
 * @example    fitSimilarity([[0, 0], [1, 0]], [[5, 5], [7, 5]]) // { a: 2, b: 0, shiftX: 5, shiftY: 5 }
 */
export function fitSimilarity(from: readonly Point[], to: readonly Point[]): Similarity {
  if (from.length !== to.length) throw tooFew(from.length, to.length);
  const [fromX, fromY] = meanPoint(from);
  const [toX, toY] = meanPoint(to);
  let along = 0;
  let across = 0;
  let size = 0;
  from.forEach(([x, y], i) => {
    const [u, v] = [x - fromX, y - fromY];
    const [p, q] = [to[i][0] - toX, to[i][1] - toY];
    along += u * p + v * q;
    across += u * q - v * p;
    size += u * u + v * v;
  });
  if (!(size > 0)) throw tooFew(from.length, to.length);
  const [a, b] = [along / size, across / size];
  return { a, b, shiftX: toX - a * fromX + b * fromY, shiftY: toY - b * fromX - a * fromY };
}

/** Where a point goes. */
export function applySimilarity({ a, b, shiftX, shiftY }: Similarity, [x, y]: Point): Point {
  return [a * x - b * y + shiftX, b * x + a * y + shiftY];
}

/** The way back; the scale must not be 0. */
export function invertSimilarity({ a, b, shiftX, shiftY }: Similarity): Similarity {
  const size = a * a + b * b;
  const [c, d] = [a / size, -b / size];
  return { a: c, b: d, shiftX: -c * shiftX + d * shiftY, shiftY: -d * shiftX - c * shiftY };
}

/** Mean of points. */
export function meanPoint(points: readonly Point[]): Point {
  const sum = points.reduce<Point>(([x, y], point) => [x + point[0], y + point[1]], [0, 0]);
  return [sum[0] / points.length, sum[1] / points.length];
}

function tooFew(from: number, to: number): InputError {
  return new InputError({
    where: 'fitSimilarity',
    found: `${from} and ${to} points`,
    expected: 'as many of both, at least two that differ',
    remedy: 'Give the same landmarks of both photos',
  });
}
