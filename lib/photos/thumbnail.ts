/** Small JPEGs for galleries; a file that can't be read gets a picture that says so. */

import sharp from 'sharp';
import { FONT, svgToJpeg, wrapText } from '../plots';

/** A small picture. */
export interface Thumbnail {
  /** The file's bytes. */
  jpeg: Buffer;
  /** In pixels. */
  width: number;
  /** In pixels. */
  height: number;
  /** Why the photo couldn't be read; absent where it could. */
  problem?: string;
}

// A gallery's rows stay rows: a panorama or a scroll is shown whole, in a box of at most this shape.
const TALLEST = 1.5;
const PLACEHOLDER_SHAPE = 218 / 178;

/**
 * Shrinks a photo for display: turned as its EXIF says, on white where it is transparent.
 * Never enlarges, and never throws for what the file holds: the picture then says what is wrong.
 * @param photo   absolute path, or the file's bytes
 * @param widthPx greatest width in pixels, at least 16
 * @returns       the same bytes for the same photo on every machine
 */
export async function thumbnail(photo: string | Uint8Array, widthPx: number): Promise<Thumbnail> {
  try {
    const { data, info } = await sharp(photo)
      .rotate()
      .flatten({ background: 'white' })
      .toColorspace('srgb')
      .resize({ width: widthPx, height: Math.round(widthPx * TALLEST), fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 75, mozjpeg: true })
      .toBuffer({ resolveWithObject: true });
    return { jpeg: data, width: info.width, height: info.height };
  } catch (error) {
    const problem = problemOf(error);
    return placeholder(problem, widthPx);
  }
}

// One line, and no folders: a notebook's outputs hold no path of the machine they were made on.
function problemOf(error: unknown): string {
  const [line] = (error instanceof Error ? error.message : String(error)).split('\n');
  return line.replace(/\S*[\\/](?=[^\\/\s])/g, '');
}

async function placeholder(problem: string, width: number): Promise<Thumbnail> {
  const height = Math.round(width * PLACEHOLDER_SHAPE);
  const size = Math.max(8, Math.round(width / 12));
  const lines = ['cannot be read:', ...wrapText(problem, size, width - size, 4)];
  const text = lines.map((line, i) => {
    const y = Math.round(height / 2 + (i - (lines.length - 1) / 2) * size * 1.4);
    return `<text x="${width / 2}" y="${y}" text-anchor="middle">${escapeXml(line)}</text>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="${FONT}" font-size="${size}">
<rect width="${width}" height="${height}" fill="#e4e4e4"/>${text.join('')}</svg>`;
  return { jpeg: Buffer.from(await svgToJpeg(svg, { scale: 1 })), width, height, problem };
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
