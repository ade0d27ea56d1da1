/** Whether a picture's file stops before its picture does, told by the file alone and not by what a decoder says of it. */

import { pictureKind } from './picture-kind';

const END_OF_PNG = Buffer.from('IEND');
const END_OF_JPEG = Buffer.from([0xff, 0xd9]);
const GIF_TRAILER = 0x3b;

/**
 * Whether a picture's file was cut short: its last marker is missing, or its header counts more bytes than there are.
 * To be asked of a file that can't be decoded: decoders share one message between threads, so theirs may be another file's.
 * @param bytes the whole file
 * @returns     false for TIFF too, whose parts may stand in any order, and for what is no picture
 * @example     endsEarly(jpeg.subarray(0, jpeg.length / 2)) // true
 */
export function endsEarly(bytes: Uint8Array): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (pictureKind(bytes)) {
    case 'JPEG':
      return file.lastIndexOf(END_OF_JPEG) < startOfScan(file);
    case 'PNG':
      return !wholePng(file);
    case 'GIF':
      return file[file.length - 1] !== GIF_TRAILER;
    case 'WebP':
      return file.length < 12 || file.readUInt32LE(4) + 8 > file.length;
    case 'AVIF':
      return boxesEnd(file) > file.length;
    default:
      return false;
  }
}

// The last chunk's name is followed by its checksum.
function wholePng(file: Buffer): boolean {
  const end = file.lastIndexOf(END_OF_PNG);
  return end !== -1 && end + 8 <= file.length;
}

// A preview inside the header has an end marker of its own: the photo's stands after its own scan has begun.
function startOfScan(file: Buffer): number {
  let at = 2;
  while (at + 4 <= file.length && file[at] === 0xff && file[at + 1] !== 0xda) at += 2 + file.readUInt16BE(at + 2);
  return at;
}

// ISO base media: boxes follow one another, each with its size before its name; 0 reaches to the end, 1 has 8 bytes more.
function boxesEnd(file: Buffer): number {
  let at = 0;
  while (at + 8 <= file.length) {
    const size = file.readUInt32BE(at);
    if (size < 8) return file.length;
    at += size;
  }
  return at;
}
