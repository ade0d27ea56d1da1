/** Photos made worse on purpose, as cameras, editors and networks make them: what training sees beside good ones. */

import sharp from 'sharp';
import { crc32 } from '../archives/crc32';
import { InputError } from '../errors';
import { seededRandom } from '../random';
import type { RgbPhoto } from './decode';
import { encodeJpeg } from './encode';

/** One way in which photos get worse. */
export type Degradation =
  /** Saved as a JPEG of this quality, a whole number from 1 to 100. */
  | { kind: 'jpeg'; quality: number }
  /** Gaussian noise; its standard deviation, 0 to 255 of the 256 steps. */
  | { kind: 'noise'; deviation: number }
  /** Gaussian blur; its standard deviation, 0.3 to 10 pixels. */
  | { kind: 'blur'; sigma: number }
  /** Edges drawn too strongly: how broad, 0.3 to 10 pixels, and 0 to 100 times what a blur of that breadth takes away. */
  | { kind: 'sharpen'; sigma: number; amount: number }
  /** Exposure: above 1 darker, below it lighter; 0.1 to 10. */
  | { kind: 'gamma'; gamma: number }
  /** Without colours. */
  | { kind: 'grey' };

interface Range {
  from: number;
  to: number;
  whole?: boolean;
}

const RANGES: Record<string, Range> = {
  quality: { from: 1, to: 100, whole: true },
  deviation: { from: 0, to: 255 },
  sigma: { from: 0.3, to: 10 },
  amount: { from: 0, to: 100 },
  gamma: { from: 0.1, to: 10 },
};

// Of red, green and blue in what a grey photo shows: ITU-R BT.601.
const LUMA = [0.299, 0.587, 0.114] as const;

/**
 * Makes a photo worse. The same photo always becomes the same, noise included.
 * @param photo RGB bytes
 * @param how   what is done to it
 * @returns     a new photo of the same size
 * @throws      InputError where a number of `how` is out of range
 */
export async function degradePhoto(photo: RgbPhoto, how: Degradation): Promise<RgbPhoto> {
  checkRanges(how);
  return { ...photo, data: await degradedBytes(photo, how) };
}

function checkRanges({ kind, ...strengths }: Degradation): void {
  for (const [name, value] of Object.entries<number>(strengths)) {
    const { from, to, whole } = RANGES[name];
    if (value >= from && value <= to && (!whole || Number.isInteger(value))) continue;
    throw new InputError({
      where: `${kind}, ${name}`,
      found: String(value),
      expected: `${whole ? 'a whole number' : 'a number'} from ${from} to ${to}`,
      remedy: 'Give the view another strength',
    });
  }
}

function degradedBytes(photo: RgbPhoto, how: Degradation): Promise<Uint8Array> | Uint8Array {
  const { width, height, data } = photo;
  const picture = sharp(data, { raw: { width, height, channels: 3 } });
  switch (how.kind) {
    case 'jpeg':
      return throughJpeg(photo, how.quality);
    case 'noise':
      return withNoise(data, how.deviation);
    case 'blur':
      return picture.blur(how.sigma).raw().toBuffer();
    case 'sharpen':
      return picture.sharpen({ sigma: how.sigma, m1: how.amount, m2: how.amount }).raw().toBuffer();
    case 'gamma':
      return data.map((value) => Math.round(255 * (value / 255) ** how.gamma));
    case 'grey':
      return inGrey(data);
  }
}

async function throughJpeg(photo: RgbPhoto, quality: number): Promise<Uint8Array> {
  return sharp(await encodeJpeg(photo, quality))
    .raw()
    .toBuffer();
}

/** @source Box and Muller, A note on the generation of random normal deviates, 1958 */
function withNoise(data: Uint8Array, deviation: number): Uint8Array {
  // From the photo itself: one pattern for all would be a mark that training could learn.
  const random = seededRandom(crc32(data));
  const noisy = Uint8ClampedArray.from(data, (value) => {
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    return value + deviation * radius * Math.cos(2 * Math.PI * random());
  });
  return new Uint8Array(noisy.buffer);
}

function inGrey(data: Uint8Array): Uint8Array {
  const grey = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i += 3) {
    const luma = LUMA[0] * data[i] + LUMA[1] * data[i + 1] + LUMA[2] * data[i + 2];
    grey.fill(Math.round(luma), i, i + 3);
  }
  return grey;
}
