/** From a drawing to a photo file: light, blur, noise and JPEG. */

import sharp from 'sharp';
import type { Development, Picture } from './picture';
import type { Random } from './random';

/** Size of CelebA's aligned photos, in pixels. */
export const PHOTO_WIDTH = 178;
export const PHOTO_HEIGHT = 218;

/**
 * Renders an SVG drawing and makes a JPEG of it that looks taken rather than drawn.
 *
 * Light, blur and noise are computed here in whole numbers, because a picture must be the same on every machine.
 * @param svg         the drawing, 178 x 218
 * @param development what to do with it
 * @param random      source of the noise
 * @returns           a JPEG file, 178 wide and 218 high
 */
export async function develop(svg: string, development: Picture['development'], random: Random): Promise<Buffer> {
  const pixels = await sharp(Buffer.from(svg)).removeAlpha().toColourspace('srgb').raw().toBuffer();
  light(pixels, development);
  for (let pass = 0; pass < development.blurPasses; pass++) blur(pixels);
  addNoise(pixels, development.noise, random);
  const raw = { width: PHOTO_WIDTH, height: PHOTO_HEIGHT, channels: 3 } as const;
  return sharp(pixels, { raw }).jpeg({ quality: development.quality }).toBuffer();
}

function light(pixels: Buffer, { light: factors, shadow, shadowSide }: Development): void {
  for (let i = 0, pixel = 0; i < pixels.length; i += 3, pixel++) {
    const x = (pixel % PHOTO_WIDTH) / PHOTO_WIDTH;
    const darkness =
      shadowSide === 'bottom' ? pixel / (PHOTO_WIDTH * PHOTO_HEIGHT) : shadowSide === 'right' ? x : 1 - x;
    const kept = 1 - shadow * darkness;
    for (let c = 0; c < 3; c++) pixels[i + c] = Math.min(255, Math.round(pixels[i + c] * factors[c] * kept));
  }
}

/** One pass of the binomial 1-2-1 filter along rows, then along columns; the outermost pixels stay as they are. */
function blur(pixels: Buffer): void {
  for (const step of [3, 3 * PHOTO_WIDTH]) {
    const before = Buffer.from(pixels);
    for (let i = step; i < pixels.length - step; i++) {
      pixels[i] = (before[i - step] + 2 * before[i] + before[i + step] + 2) >> 2;
    }
  }
}

function addNoise(pixels: Buffer, amplitude: number, random: Random): void {
  for (let i = 0; i < pixels.length; i++) {
    // Two uniform values make a triangle, near enough to the bell curve of a sensor.
    const noise = random.between(-amplitude, amplitude) + random.between(-amplitude, amplitude);
    pixels[i] = Math.max(0, Math.min(255, Math.round(pixels[i] + noise / 2)));
  }
}
