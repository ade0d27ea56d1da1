/** Plain JPEGs, decoded by the libjpeg-turbo inside TensorFlow's library: the same pixels in a fraction of the time. */

import { createRequire } from 'node:module';
import { projectPath } from '../project/paths';
import type { PixelSize } from './jpeg-header';

interface JpegDecoder {
  /** True where `pixels` then hold the whole picture, RGB, and the decoder had nothing to say. */
  decode(jpeg: Uint8Array, pixels: Uint8Array, width: number, height: number): Promise<boolean>;
  /** The same for some of its rows and columns: blue, green, red less their means. */
  prepare(
    jpeg: Uint8Array,
    pixels: Float32Array,
    width: number,
    height: number,
    rows: Int32Array,
    columns: Int32Array,
    means: Float32Array,
  ): Promise<boolean>;
}

// Compiled by set-up from scripts/addon/decode-jpeg.cc, beside TensorFlow's own addon.
const ADDON = projectPath('node_modules/@tensorflow/tfjs-node-gpu/lib/napi-v8/decode_jpeg.node');

let decoder: JpegDecoder | undefined | 'not there';

/**
 * Decodes a plain JPEG on one of Node's worker threads. Measured on 2 cores, 8 at a time: a sixth of sharp's time.
 * @param jpeg a whole file of which `plainJpegSize` gave the size
 * @param size that size
 * @returns    its pixels, RGB, bit for bit those of PIL and sharp; undefined where the file has a fault, or where the
 *             addon isn't there, so that the general decoder is to be asked
 */
export async function decodePlainJpeg(jpeg: Uint8Array, { width, height }: PixelSize): Promise<Uint8Array | undefined> {
  decoder ??= load();
  if (decoder === 'not there') return undefined;
  const pixels = new Uint8Array(width * height * 3);
  return (await decoder.decode(jpeg, pixels, width, height)) ? pixels : undefined;
}

/**
 * Decodes a plain JPEG, takes some of its pixels and scales them, all on one of Node's worker threads.
 * @param jpeg    a whole file of which `plainJpegSize` gave the size
 * @param size    that size
 * @param indices the rows and columns to take
 * @param means   of blue, green and red, to be subtracted
 * @param target  where to put them: room for [rows, columns, 3], which becomes blue, green, red
 * @returns       whether they are there; false where `decodePlainJpeg` gives undefined
 */
export async function preparePlainJpeg(
  jpeg: Uint8Array,
  { width, height }: PixelSize,
  { rows, columns }: { rows: Int32Array; columns: Int32Array },
  means: readonly number[],
  target: Float32Array,
): Promise<boolean> {
  decoder ??= load();
  if (decoder === 'not there') return false;
  return decoder.prepare(jpeg, target, width, height, rows, columns, Float32Array.from(means));
}

function load(): JpegDecoder | 'not there' {
  try {
    return createRequire(__filename)(ADDON) as JpegDecoder;
  } catch (error) {
    // Without it everything works, only slower; `npm run setup` compiles it.
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') console.warn(warningOf(error));
    return 'not there';
  }
}

function warningOf(error: unknown): string {
  const reason = (error instanceof Error ? error.message : String(error)).split('\n')[0];
  return `Photos are decoded six times slower, as decode_jpeg.node can't be loaded (${reason}): npm run doctor says how to mend it.`;
}
