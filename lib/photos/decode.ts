/** Any photo that people have, as plain RGB bytes, or one sentence on what is wrong with it. */

import sharp from 'sharp';
import { InputError } from '../errors';
import { endsEarly } from './ends-early';
import { plainJpegSize, progressiveScans, type PixelSize } from './jpeg-header';
import { photoDefect, readPhotoBytes } from './photo-bytes';
import { pictureKind } from './picture-kind';
import { decodePlainJpeg } from './plain-jpeg';

/** A decoded photo. */
export interface RgbPhoto {
  /** In pixels, as seen: turned as its EXIF says. */
  width: number;
  /** In pixels. */
  height: number;
  /** Red, green, blue of each pixel, row by row: height * width * 3 bytes. */
  data: Uint8Array;
}

// Below this nothing of a face is left; most such files are tracking pixels and icons.
const SMALLEST_SIDE = 8;
// Longer than any camera's photo: a scan, a map or a strip, of which squeezing leaves nothing.
const LONGEST_SIDE = 16_384;
// 3 bytes each: decoding takes 150 MB at most. Checked on the header, before anything is decoded.
const MOST_PIXELS = 50_000_000;

// Cameras and programs write some ten. With 100 the largest photo takes five seconds, not hours.
const MOST_SCANS = 100;

// Before the drawing may stand a byte order mark, a line on XML, comments, and what kind of document it is.
const SVG = /^\uFEFF?\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^]*?-->\s*|<!DOCTYPE\s+svg\b[^>]*>\s*)*<svg\b/i;

const NOT_DECODED = ['HEIC', 'BMP'];

/**
 * Decodes a photo, whole: its first frame where it is animated, upright as its EXIF says, on white where it is
 * transparent, and grey, CMYK and 16-bit pictures as 8-bit sRGB. Pixels of an ordinary JPEG are those that PIL gives.
 * Unlike Keras's loader it applies EXIF orientation and colour profiles, and refuses a file that ends early.
 * @param photo path, or the file's bytes
 * @returns     8 to 16,384 pixels a side, at most 50 million in all
 * @throws      InputError with one sentence: no such file, empty, not a picture, cut short, damaged, too small, too large;
 *              SystemFault where the system failed to read the file
 */
export async function decodePhoto(photo: string | Uint8Array): Promise<RgbPhoto> {
  return typeof photo === 'string' ? decodeBytes(await readPhotoBytes(photo), photo) : decodeBytes(photo);
}

/**
 * `decodePhoto` for a file that has been read already.
 * @param bytes the whole file
 * @param where how messages name it; default the word photo
 * @throws      InputError as `decodePhoto`, but for what is wrong with a path
 */
export async function decodeBytes(bytes: Uint8Array, where = 'photo'): Promise<RgbPhoto> {
  if (bytes.length === 0) throw photoDefect(where, 'an empty file (0 bytes)');
  if (looksLikeText(bytes)) throw photoDefect(where, textKind(bytes));
  // The decoder knows more kinds: a drawing packed by gzip is a small file that takes minutes and gigabytes to draw.
  const kind = pictureKind(bytes);
  if (kind === undefined) throw photoDefect(where, 'no picture that can be read');
  const plain = await decodePlain(bytes);
  if (plain !== undefined) return plain;
  if (hasTooManyScans(bytes))
    throw photoDefect(where, `a JPEG picture of more than ${MOST_SCANS} scans`, 'Open it and save it anew');
  const { data, info } = await decode(bytes).catch(() => explain(where, bytes, kind));
  if (Math.min(info.width, info.height) < SMALLEST_SIDE) throw tooSmall(where, info.width, info.height);
  if (Math.max(info.width, info.height) > LONGEST_SIDE) throw tooLarge(where, info.width, info.height);
  return { width: info.width, height: info.height, data };
}

/** The size of a plain JPEG; undefined for other files, and for sizes that aren't decoded. */
export function plainSize(bytes: Uint8Array): PixelSize | undefined {
  const size = plainJpegSize(bytes);
  if (size === undefined) return undefined;
  const { width, height } = size;
  if (hasTooManyScans(bytes)) return undefined;
  const tooBig = Math.max(width, height) > LONGEST_SIDE || width * height > MOST_PIXELS;
  return tooBig || Math.min(width, height) < SMALLEST_SIDE ? undefined : size;
}

function hasTooManyScans(bytes: Uint8Array): boolean {
  return progressiveScans(bytes, MOST_SCANS) > MOST_SCANS;
}

async function decodePlain(bytes: Uint8Array): Promise<RgbPhoto | undefined> {
  const size = plainSize(bytes);
  if (size === undefined) return undefined;
  const { width, height } = size;
  const data = await decodePlainJpeg(bytes, size);
  return data === undefined ? undefined : { width, height, data };
}

function decode(bytes: Uint8Array): Promise<{ data: Buffer; info: sharp.OutputInfo }> {
  // 'error' refuses every file that ends early (tried at each length) and lets pass the warnings of harmless camera JPEGs.
  return sharp(bytes, { failOn: 'error', limitInputPixels: MOST_PIXELS, autoOrient: true })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
}

// What the decoder says is no help here: libvips keeps one message for all threads, so it may be another photo's.
async function explain(where: string, bytes: Uint8Array, kind: string): Promise<never> {
  if (kind === 'PDF') throw photoDefect(where, 'a PDF document', 'Save its picture as JPEG or PNG');
  if (NOT_DECODED.includes(kind)) throw photoDefect(where, `a ${kind} picture`, 'Save it as JPEG or PNG');
  const size = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch(() => undefined);
  if (size !== undefined && size.width * size.height > MOST_PIXELS) throw tooLarge(where, size.width, size.height);
  if (endsEarly(bytes)) throw photoDefect(where, 'a file that ends early');
  // The decoder knows no films of these.
  if (isAnimatedAvif(bytes)) throw photoDefect(where, 'an animated AVIF picture', 'Save a frame of it as JPEG or PNG');
  throw photoDefect(where, `${kind === 'AVIF' ? 'an' : 'a'} ${kind} picture that is damaged or cut short`);
}

// SVG is a text that sharp would draw; a saved web page or a pointer file often bears the name of a photo.
function looksLikeText(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 64).every((byte) => byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d));
}

function textKind(bytes: Uint8Array): string {
  const kind = pictureKind(bytes);
  if (kind === 'PDF') return 'a PDF document';
  return SVG.test(Buffer.from(bytes.subarray(0, 2048)).toString()) ? 'an SVG drawing' : 'text, not a picture';
}

function isAnimatedAvif(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(4, 12)).toString('latin1') === 'ftypavis';
}

function tooSmall(where: string, width: number, height: number): InputError {
  return new InputError({
    where,
    found: `${count(width)} x ${count(height)} pixels, too few`,
    expected: `at least ${SMALLEST_SIDE} a side`,
    remedy: 'Give the photo in its original size',
  });
}

function tooLarge(where: string, width: number, height: number): InputError {
  return new InputError({
    where,
    found: `${count(width)} x ${count(height)} pixels, too many`,
    expected: `at most ${count(LONGEST_SIDE)} a side and ${MOST_PIXELS / 1e6} million in all`,
    remedy: 'Make the picture smaller, or cut out what matters',
  });
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
