/** Another view of a photo: mirrored, nearer or farther, moved a little, or made worse. What training sees beside the photo itself. */

import { InputError } from '../errors';
import type { RgbPhoto } from './decode';
import { degradePhoto, type Degradation } from './degrade';
import type { PixelSize } from './jpeg-header';
import { nearestIndices, pickPixels, resizeNearest } from './resize-nearest';

/** How a photo is seen. */
export interface PhotoView {
  /** Short name for tables and progress lines, such as `nearer`. */
  name: string;
  /** Whether left and right are exchanged; done after the picture has moved. */
  flip: boolean;
  /** Above 1 the middle is enlarged and the border cut off, below 1 the photo shrinks; 0.5 to 2. */
  scale: number;
  /** How far the picture moves to the right, as a share of its width; -0.5 to 0.5. */
  shiftX: number;
  /** How far it moves down, as a share of its height; -0.5 to 0.5. */
  shiftY: number;
  /** How the picture gets worse, last of all; missing where it doesn't. */
  degradation?: Degradation;
}

/** The photo as it is. */
export const PLAIN_VIEW: PhotoView = { name: 'plain', flip: false, scale: 1, shiftX: 0, shiftY: 0 };

/** The mirror image. */
export const MIRRORED_VIEW: PhotoView = { ...PLAIN_VIEW, name: 'mirrored', flip: true };

/**
 * Draws a view of a photo in a given size, by nearest pixel and in one step. Where the view reaches beyond the photo, the
 * border pixels are repeated. What makes a view worse is done in that size.
 * @param photo  RGB bytes
 * @param height rows of the result, in pixels
 * @param width  columns of the result, in pixels
 * @param view   PLAIN_VIEW gives, byte for byte, what `resizeNearest` gives
 * @returns      a new photo, or the same where nothing changes
 * @throws       InputError where scale, shift or what makes it worse is out of range
 * @example      await drawView(photo, 218, 178, MIRRORED_VIEW)
 */
export async function drawView(photo: RgbPhoto, height: number, width: number, view: PhotoView): Promise<RgbPhoto> {
  if (isPlain(view)) return resizeNearest(photo, height, width);
  const { rows, columns } = viewIndices(photo, height, width, view);
  const moved = pickPixels(photo, rows, columns);
  return view.degradation === undefined ? moved : degradePhoto(moved, view.degradation);
}

/**
 * Which pixels of a photo a view shows, before it gets worse.
 * @param photo  its size, in pixels
 * @param height rows of the result
 * @param width  columns of the result
 * @param view   as for `drawView`
 * @returns      the photo's row and column for each row and column of the result
 * @throws       InputError where scale or shift is out of range
 */
export function viewIndices(
  photo: PixelSize,
  height: number,
  width: number,
  view: PhotoView,
): { rows: Int32Array; columns: Int32Array } {
  checkView(view);
  const columns = sourceIndices(photo.width, width, view.scale, view.shiftX);
  if (view.flip) columns.reverse();
  return { rows: sourceIndices(photo.height, height, view.scale, view.shiftY), columns };
}

/** Whether a view changes nothing; its name doesn't count. */
export function isPlain({ flip, scale, shiftX, shiftY, degradation }: PhotoView): boolean {
  return !flip && scale === 1 && shiftX === 0 && shiftY === 0 && degradation === undefined;
}

/** Middle of pixel i, moved back and scaled back about the centre, in pixels of the photo, kept inside it. */
function sourceIndices(from: number, to: number, scale: number, shift: number): Int32Array {
  // Where nothing moves, the same pixels as without a view: also where the middle of one falls on the edge between two.
  if (scale === 1 && shift === 0) return nearestIndices(from, to);
  return Int32Array.from({ length: to }, (_, i) => {
    const place = ((i + 0.5) / to - 0.5 - shift) / scale + 0.5;
    return Math.min(from - 1, Math.max(0, Math.floor(place * from)));
  });
}

function checkView({ name, scale, shiftX, shiftY }: PhotoView): void {
  if (scale >= 0.5 && scale <= 2 && Math.abs(shiftX) <= 0.5 && Math.abs(shiftY) <= 0.5) return;
  throw new InputError({
    where: `view "${name}"`,
    found: `scale ${scale}, shift ${shiftX}, ${shiftY}`,
    expected: 'scale 0.5 to 2, shifts -0.5 to 0.5',
    remedy: 'Give the scale as a factor and the shifts as shares of width and height',
  });
}
