/** Puts facesjs's drawing and a background into a frame of CelebA's shape. */

import { PHOTO_HEIGHT, PHOTO_WIDTH } from './develop';
import type { Camera } from './picture';

// Where facesjs puts the point between the eyes, in its 400 x 600 units.
const EYES = { x: 200, y: 310 };

/**
 * The whole picture as SVG, 178 x 218 pixels.
 * @param faceSvg    what facesjs returned
 * @param background SVG elements behind the person, in facesjs's units
 * @param camera     where the frame lies
 */
export function frameSvg(faceSvg: string, background: string, camera: Camera): string {
  const { width, eyesAt, rotation, mirrored } = camera;
  const height = (width * PHOTO_HEIGHT) / PHOTO_WIDTH;
  const viewBox = [EYES.x - eyesAt[0] * width, EYES.y - eyesAt[1] * height, width, height];
  const turned = `rotate(${rotation.toFixed(2)} ${EYES.x} ${EYES.y})`;
  const flipped = mirrored ? ` translate(${2 * EYES.x} 0) scale(-1 1)` : '';
  const face = faceSvg.slice(faceSvg.indexOf('>') + 1, faceSvg.lastIndexOf('</svg>'));
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${PHOTO_WIDTH}" height="${PHOTO_HEIGHT}" ` +
    `viewBox="${viewBox.map((value) => value.toFixed(2)).join(' ')}" preserveAspectRatio="none">` +
    `${background}<g transform="${turned}${flipped}">${face}</g></svg>`
  );
}
