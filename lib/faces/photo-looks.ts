/** How a face photo looks as a whole: how much detail it has, and how alike the mean training photo it is. */

import type { RgbPhoto } from '../photos/decode';
import { boxGreys, greyAt } from '../photos/grey-pixels';

// A grid on the photo; each cell tells how strong its edges are in each of four directions.
const ROWS = 12;
const COLUMNS = 10;
const DIRECTIONS = 4;
// Pixels of the shrunk photo a cell's side.
const CELL = 5;

/**
 * How much fine detail the middle of a photo has, beside its coarse light and dark. Compare only photos of one size.
 * @param photo RGB bytes, an aligned face
 * @returns     standard deviation of the Laplacian of the grey values over their own; about .05 for a blurred face, .3 for a clear one
 * @source      J. L. Pech-Pacheco et al., Diatom autofocusing in brightfield microscopy, ICPR 2000 (variance of the Laplacian)
 */
export function sharpnessOf({ width, height, data }: RgbPhoto): number {
  const grey = (x: number, y: number): number => greyAt(data, 3 * (y * width + x));
  const values: number[] = [];
  const edges: number[] = [];
  const [left, top] = [Math.max(1, Math.floor(width / 6)), Math.max(1, Math.floor(height / 6))];
  for (let y = top; y < height - top; y++) {
    for (let x = left; x < width - left; x++) {
      const here = grey(x, y);
      values.push(here);
      edges.push(grey(x - 1, y) + grey(x + 1, y) + grey(x, y - 1) + grey(x, y + 1) - 4 * here);
    }
  }
  return deviation(edges) / Math.max(1, deviation(values));
}

/**
 * Where a photo has edges, and in which direction they run: what stays of a face in any light and of any colour.
 * @param photo RGB bytes
 * @returns     12 x 10 x 4 values, mean 0, standard deviation 1 (all 0 for an even picture)
 * @source      N. Dalal, B. Triggs, Histograms of Oriented Gradients for Human Detection, CVPR 2005
 */
export function edgeLayout(photo: RgbPhoto): number[] {
  const [height, width] = [ROWS * CELL, COLUMNS * CELL];
  const grey = boxGreys(photo, width, height);
  const layout = new Float64Array(ROWS * COLUMNS * DIRECTIONS);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const [across, down] = [grey[at + 1] - grey[at - 1], grey[at + width] - grey[at - width]];
      const turned = ((Math.atan2(down, across) / Math.PI + 2) % 1) * DIRECTIONS;
      const cell = Math.floor(y / CELL) * COLUMNS + Math.floor(x / CELL);
      layout[cell * DIRECTIONS + (Math.floor(turned) % DIRECTIONS)] += Math.hypot(across, down);
    }
  }
  return standardized(Array.from(layout, Math.sqrt));
}

/**
 * How alike a photo is to the mean training photo: correlation of their edge layouts.
 * @param photo     RGB bytes, an aligned face
 * @param meanEdges mean edge layout of the training photos, as a frame keeps it
 * @returns         -1 to 1; aligned faces .2 to .7, other things about 0
 */
export function likenessOf(photo: RgbPhoto, meanEdges: readonly number[]): number {
  return likenessOfEdges(edgeLayout(photo), meanEdges);
}

/**
 * `likenessOf`, for a photo whose edges are known already.
 * @param layout as `edgeLayout` returns it
 */
export function likenessOfEdges(layout: readonly number[], meanEdges: readonly number[]): number {
  const mean = standardized(meanEdges);
  return layout.reduce((sum, value, i) => sum + value * mean[i], 0) / layout.length;
}

/** Shifted and scaled to mean 0 and standard deviation 1. */
function standardized(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = deviation(values);
  return values.map((value) => (spread > 0 ? (value - mean) / spread : 0));
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
