/** Photos with boxes and landmarks drawn on them. */

import { COLORS, svgToJpeg } from '../plots';
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
 * Draws boxes and landmarks on a photo.
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
  const marks = faces.map(({ box, landmarks }) => {
    const [x, y, w, h] = box.map((value) => (value * scale).toFixed(1));
    const dots = landmarks.map(
      ([u, v]) =>
        `<circle cx="${(u * scale).toFixed(1)}" cy="${(v * scale).toFixed(1)}" r="3" fill="${COLORS.vermilion}" stroke="white"/>`,
    );
    return `<rect x="${x}" y="${y}" width="${w}" height="${h}" ${line}/>${dots.join('')}`;
  });
  const address = `data:image/jpeg;base64,${jpeg.toString('base64')}`;
  return svgToJpeg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image width="${width}" height="${height}" href="${address}"/>${marks.join('')}</svg>`,
    { scale: 1 },
  );
}
