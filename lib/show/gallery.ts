/** Photos in the notebook, with captions: a grid of them, or one. */

import { InputError } from '../errors';
import { thumbnail } from '../photos/thumbnail';
import type { PhotoView } from '../photos/view';
import { openOutput } from './kernel';
import { SHEET_SCALE, sheetBundle, type SheetCell } from './sheet';

/** One photo of a gallery. */
export interface GalleryItem {
  /** Absolute path, or the file's bytes. A file that can't be read is shown as a grey picture that says why. */
  file: string | Uint8Array;
  /** First line below the photo, such as its label. */
  caption: string;
  /** Second, smaller line, such as a probability; default none. */
  note?: string;
  /** How the photo is seen; default as it is. */
  view?: PhotoView;
  /** Marks the photo with a frame and a cross, such as a wrong prediction; default false. */
  wrong?: boolean;
}

/** How a gallery looks. */
export interface GalleryOptions {
  /** Photos in a row, at least 1; default 6. */
  columns?: number;
  /** Width of each photo in pixels, at least 32; default 120. */
  widthPx?: number;
  /** A line above the photos; default none. */
  title?: string;
  /** How many photos are shown at most, at least 1; default 60. Beyond, the title says how many there are. */
  maxPhotos?: number;
}

/** How one photo is shown. */
export interface PhotoOptions {
  /** Below it; default none. */
  caption?: string;
  /** Second, smaller line; default none. */
  note?: string;
  /** Width in pixels, at least 32; default 178, that of CelebA's photos. */
  widthPx?: number;
}

// Decoded at the same time: enough to keep the processor busy, and little memory however many photos there are.
const IN_FLIGHT = 8;

/**
 * Shows photos with captions in a grid, as one picture of all.
 * @param items in reading order; none shows a line that says so
 * @example     await show.gallery([{ file: photo.file, caption: 'labelled Male', note: 'p = 0.98' }])
 */
export async function gallery(items: readonly GalleryItem[], options: GalleryOptions = {}): Promise<void> {
  const { columns = 6, widthPx = 120, maxPhotos = 60 } = options;
  const output = openOutput();
  if (items.length === 0) {
    output.show({ data: { 'text/plain': `${options.title ? `${options.title}: ` : ''}no photos to show` } });
    return;
  }
  const shown = items.slice(0, maxPhotos);
  const cells: SheetCell[] = [];
  for (let i = 0; i < shown.length; i += IN_FLIGHT) {
    cells.push(...(await Promise.all(shown.slice(i, i + IN_FLIGHT).map((item) => cellOf(item, widthPx)))));
  }
  const title = titleOf(options.title, shown.length, items.length);
  output.show(await sheetBundle(cells, { columns, widthPx, title }));
}

/**
 * Shows one photo.
 * @param file absolute path, or the file's bytes
 * @example    await show.photo(photo.file, { caption: photo.name })
 */
export async function photo(file: string | Uint8Array, options: PhotoOptions = {}): Promise<void> {
  const { caption = '', note, widthPx = 178 } = options;
  await gallery([{ file, caption, note }], { columns: 1, widthPx });
}

function titleOf(title: string | undefined, shown: number, all: number): string | undefined {
  if (shown === all) return title;
  const counts = `the first ${shown} of ${all.toLocaleString('en-US')}`;
  return title ? `${title}: ${counts}` : counts;
}

async function cellOf({ file, caption, note, wrong, view }: GalleryItem, widthPx: number): Promise<SheetCell> {
  try {
    const { jpeg, width, height } = await thumbnail(file, Math.ceil(widthPx * SHEET_SCALE), view);
    return { picture: { bytes: jpeg, type: 'image/jpeg', width, height }, caption, note, wrong };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { problem: `cannot be read: ${error.found}`, caption, note, wrong };
  }
}
