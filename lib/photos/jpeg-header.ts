/** What a JPEG's header says, where the picture is so plain that every decoder gives the same pixels. */

/** Size of a picture, in pixels. */
export interface PixelSize {
  width: number;
  height: number;
}

const START = 0xffd8;
const START_OF_SCAN = 0xda;
// Huffman-coded frames, baseline, extended and progressive; others are rare and left to the general decoder.
const FRAMES = [0xc0, 0xc1, 0xc2];
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

// Precision, height, width, number of components, then three bytes for each, of which the first is its name.
function frameSize(bytes: Uint8Array, at: number): PixelSize | undefined {
  const plain = bytes[at] === 8 && bytes[at + 5] === 3 && [0, 1, 2].every((i) => bytes[at + 6 + 3 * i] === i + 1);
  return plain ? { height: word(bytes, at + 1), width: word(bytes, at + 3) } : undefined;
}

function word(bytes: Uint8Array, at: number): number {
  return (bytes[at] << 8) | bytes[at + 1];
}
