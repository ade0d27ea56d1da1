/** What kind of picture a file is, told by its first bytes and not by its name. */

const ASCII = (text: string): number[] => [...text].map((character) => character.charCodeAt(0));

// Bytes and where they stand; the first line that fits counts.
const SIGNATURES: [kind: string, offset: number, bytes: number[]][] = [
  ['JPEG', 0, [0xff, 0xd8, 0xff]],
  ['PNG', 0, [0x89, ...ASCII('PNG')]],
  ['GIF', 0, ASCII('GIF8')],
  ['WebP', 8, ASCII('WEBP')],
  ['TIFF', 0, [...ASCII('II'), 42, 0]],
  ['TIFF', 0, [...ASCII('MM'), 0, 42]],
  // Its form for files beyond 4 GB, which some programs write for small ones, too.
  ['TIFF', 0, [...ASCII('II'), 43, 0]],
  ['TIFF', 0, [...ASCII('MM'), 0, 43]],
  ['AVIF', 4, ASCII('ftypavi')],
  ['HEIC', 4, ASCII('ftyphe')],
  // Not all that begin with an m: MP4 films do, too.
  ['HEIC', 4, ASCII('ftypmif1')],
  ['HEIC', 4, ASCII('ftypmsf1')],
  ['BMP', 0, ASCII('BM')],
  ['PDF', 0, ASCII('%PDF')],
  ['SVG', 0, ASCII('<svg')],
];

/**
 * The kind of a picture.
 * @param bytes a file's content, or its first 16 bytes
 * @returns     JPEG, PNG, GIF, WebP, TIFF, AVIF, HEIC, BMP, PDF or SVG; undefined where it is none of these
 * @example     pictureKind(Buffer.from('GIF89a')) // 'GIF'
 */
export function pictureKind(bytes: Uint8Array): string | undefined {
  return SIGNATURES.find(([, offset, signature]) => signature.every((byte, i) => bytes[offset + i] === byte))?.[0];
}
