/** What a JPEG's header says, where the picture is so plain that every decoder gives the same pixels. */

/** Size of a picture, in pixels. */
export interface PixelSize {
  width: number;
  height: number;
}

const START = 0xffd8;
const START_OF_SCAN = 0xda;
const END_OF_PICTURE = 0xd9;
// Huffman-coded frames, baseline, extended and progressive; others are rare and left to the general decoder.
const FRAMES = [0xc0, 0xc1, 0xc2];
// Huffman-coded and arithmetic: each of their scans adds a little to the whole picture.
const PROGRESSIVE = [0xc2, 0xca];
// EXIF (orientation), colour profiles and Adobe's notes on the colour space change how the pixels are meant.
const MEANINGFUL = [0xe1, 0xe2, 0xee];

/**
 * The size of a plain JPEG: three components of 8 bits as JFIF has them, without EXIF, colour profile or other notes
 * that change how its pixels are meant, and ending with its end marker.
 * @param bytes a whole file
 * @returns     undefined where it is another kind of file, or a JPEG that isn't plain
 * @source      ITU-T T.81, annex B
 */
export function plainJpegSize(bytes: Uint8Array): PixelSize | undefined {
  const end = bytes.length;
  if (end < 4 || word(bytes, 0) !== START || word(bytes, end - 2) !== 0xffd9) return undefined;
  let size: PixelSize | undefined;
  for (let at = 2; at + 4 <= end && bytes[at] === 0xff; at += 2 + word(bytes, at + 2)) {
    const marker = bytes[at + 1];
    if (marker === START_OF_SCAN) return size;
    if (MEANINGFUL.includes(marker)) return undefined;
    if (FRAMES.includes(marker)) size = frameSize(bytes, at + 4);
  }
  return undefined;
}

/**
 * How many scans a progressive JPEG has. Each goes over all of its pixels, however few bytes it takes: a file of a megabyte
 * can keep a decoder busy for an hour.
 * @param bytes a whole file
 * @param most  where to stop counting
 * @returns     0 to `most` + 1; 0 for other files, whose scans are as long as what they are to draw
 * @source      ITU-T T.81, annexes B and G
 */
export function progressiveScans(bytes: Uint8Array, most: number): number {
  let [scans, isProgressive] = [0, false];
  if (word(bytes, 0) !== START) return 0;
  // As decoders do, what stands between two markers and belongs to neither is passed over.
  for (let at = nextMarker(bytes, 2); at + 4 <= bytes.length && scans <= most; at = nextMarker(bytes, at)) {
    const marker = bytes[at + 1];
    if (marker === END_OF_PICTURE || (marker === START_OF_SCAN && !isProgressive)) break;
    isProgressive ||= PROGRESSIVE.includes(marker);
    if (marker === START_OF_SCAN) scans++;
    at += 2 + word(bytes, at + 2);
  }
  return scans;
}

/** 0xff before another one is filling, before 0 a byte of a scan's data, before 1 and 0xd0 to 0xd7 a marker without a length. */
function nextMarker(bytes: Uint8Array, from: number): number {
  const isNone = (next: number): boolean => next <= 1 || (next >= 0xd0 && next <= 0xd7) || next === 0xff;
  let at = bytes.indexOf(0xff, from);
  while (at >= 0 && isNone(bytes[at + 1])) at = bytes.indexOf(0xff, at + 1);
  return at < 0 ? bytes.length : at;
}

// Precision, height, width, number of components, then three bytes for each, of which the first is its name.
function frameSize(bytes: Uint8Array, at: number): PixelSize | undefined {
  const plain = bytes[at] === 8 && bytes[at + 5] === 3 && [0, 1, 2].every((i) => bytes[at + 6 + 3 * i] === i + 1);
  return plain ? { height: word(bytes, at + 1), width: word(bytes, at + 3) } : undefined;
}

function word(bytes: Uint8Array, at: number): number {
  return (bytes[at] << 8) | bytes[at + 1];
}
