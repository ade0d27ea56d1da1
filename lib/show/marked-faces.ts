/** Photos with boxes and landmarks drawn on them. */

import { COLORS, FONT, svgToJpeg } from '../plots';
import { decodePhoto } from '../photos/decode';
import { thumbnail } from '../photos/thumbnail';

/** What is drawn of a face, in pixels of the upright photo. */
export interface MarkedFace {
  /** Left, top, width, height. */
  box: readonly number[];
  /** Points. */
  landmarks: readonly (readonly number[])[];
}

/**
 * Draws boxes and landmarks on a photo; several faces get numbers, in their order.
 * @param file    absolute path, or the file's bytes
 * @param faces   none leaves the photo as it is
 * @param widthPx greatest width of the result in pixels, at least 32; default 320
 * @returns       a JPEG's bytes, for `show.photo` and `show.gallery`
 * @throws        InputError where the photo can't be read
 */
export async function markedFaces(
  file: string | Uint8Array,
  faces: readonly MarkedFace[],
  widthPx = 320,
): Promise<Uint8Array> {
  const photo = await decodePhoto(file);
  const { jpeg, width, height } = await thumbnail(file, widthPx);
  const scale = width / photo.width;
  const line = `fill="none" stroke="${COLORS.vermilion}" stroke-width="2"`;
  const marks = faces.map(({ box, landmarks }, i) => {
    const [x, y, w, h] = box.map((value) => (value * scale).toFixed(1));
    const dots = landmarks.map(
      ([u, v]) =>
        `<circle cx="${(u * scale).toFixed(1)}" cy="${(v * scale).toFixed(1)}" r="3" fill="${COLORS.vermilion}" stroke="white"/>`,
    );
    const number = faces.length > 1 ? numberAt(box[0] * scale, box[1] * scale, i + 1) : '';
    return `<rect x="${x}" y="${y}" width="${w}" height="${h}" ${line}/>${dots.join('')}${number}`;
  });
  const address = `data:image/jpeg;base64,${jpeg.toString('base64')}`;
  return svgToJpeg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image width="${width}" height="${height}" href="${address}"/>${marks.join('')}</svg>`,
    { scale: 1 },
  );
}

/** A number on the corner of a box; one that begins beyond the photo has it at the photo's edge. */
function numberAt(x: number, y: number, number: number): string {
  const [left, top] = [Math.max(0, x), Math.max(0, y)];
  const width = 8 + 8 * String(number).length;
  const tag = `<rect x="${left.toFixed(1)}" y="${top.toFixed(1)}" width="${width}" height="18" fill="${COLORS.vermilion}"/>`;
  const place = `x="${(left + width / 2).toFixed(1)}" y="${(top + 14).toFixed(1)}" text-anchor="middle"`;
  return `${tag}<text ${place} font-family="${FONT}" font-size="13" font-weight="bold" fill="white">${number}</text>`;
}
