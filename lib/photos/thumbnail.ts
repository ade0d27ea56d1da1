/** Small JPEGs of photos, for galleries. */

import sharp from 'sharp';
import { decodePhoto } from './decode';
import type { PixelSize } from './jpeg-header';
import { formatOf } from './photo-format';
import { drawView, PLAIN_VIEW, type PhotoView } from './view';

/** A small picture. */
export interface Thumbnail {
  /** The file's bytes. */
  jpeg: Buffer;
  /** In pixels. */
  width: number;
  /** In pixels. */
  height: number;
  /** Width of the photo that it was made from, in pixels, upright. */
  photoWidth: number;
}

// A gallery's rows stay rows: a scroll is shown whole, in a box of at most this height by width.
const TALLEST = 1.5;

/**
 * Shrinks a photo for display: upright as its EXIF says, on white where it is transparent. Never enlarges it.
 * @param photo   path, or the file's bytes
 * @param widthPx greatest width in pixels, at least 16
 * @param view    how the photo is seen; default as it is. One that is made worse is drawn as small as training sees it,
 *                in its own proportions: a large photo hardly shows what spoils a small one
 * @returns       the same bytes for the same photo on every machine
 * @throws        InputError with one sentence where the photo can't be read, as `decodePhoto` does, or the view is out of range
 */
export async function thumbnail(
  photo: string | Uint8Array,
  widthPx: number,
  view: PhotoView = PLAIN_VIEW,
): Promise<Thumbnail> {
  const decoded = await decodePhoto(photo);
  const drawn = view.degradation === undefined ? decoded : sizeInTraining(decoded);
  const { width, height, data } = await drawView(decoded, drawn.height, drawn.width, view);
  const { data: jpeg, info } = await sharp(data, { raw: { width, height, channels: 3 } })
    .resize({ width: widthPx, height: Math.round(widthPx * TALLEST), fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 75, mozjpeg: true })
    .toBuffer({ resolveWithObject: true });
  return { jpeg, width: info.width, height: info.height, photoWidth: decoded.width };
}

function sizeInTraining({ width, height }: PixelSize): PixelSize {
  const network = formatOf('true');
  const scale = Math.min(1, network.width / width, network.height / height);
  return { width: Math.max(1, Math.round(scale * width)), height: Math.max(1, Math.round(scale * height)) };
}
