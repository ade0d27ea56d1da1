/** What a layer's filters answer to one photo: each map as a small picture. */

import { InputError } from '../errors';
import { pixelsToPng } from '../plots';
import { openOutput, type Bundle } from './kernel';
import { sheetBundle, type SheetCell } from './sheet';

/** One filter's answer at every place of the photo. */
export interface FeatureMap {
  /** Caption, such as `block1_conv2, filter 7`. */
  name: string;
  /** Rows. */
  height: number;
  /** Columns. */
  width: number;
  /** height * width numbers, rows from the top; any range. */
  values: ArrayLike<number>;
}

/** How feature maps look. */
export interface FeatureMapsOptions {
  /** Maps in a row, at least 1; default 6. */
  columns?: number;
  /** Width of each map in pixels; default 120. */
  widthPx?: number;
  /** A line above them; default none. */
  title?: string;
  /** Dark to bright (viridis), or black to white; default `viridis`. */
  colors?: 'viridis' | 'gray';
}

// Nine of viridis's 256 steps, evenly spaced. Source: matplotlib, van der Walt & Smith (2015), CC0.
const VIRIDIS = ['440154', '472d7b', '3b528b', '2c728e', '21918c', '28ae80', '5ec962', 'addc30', 'fde725'].map(rgbOf);
const GRAY = ['000000', 'ffffff'].map(rgbOf);

/**
 * Shows feature maps side by side; in each, the darkest colour is its lowest value and the brightest its highest.
 * @param maps at least 1
 * @throws     InputError for a map whose values don't fill its height and width
 */
export async function featureMaps(maps: readonly FeatureMap[], options: FeatureMapsOptions = {}): Promise<void> {
  const output = openOutput();
  output.show(await featureMapsBundle(maps, options));
}

/**
 * What `featureMaps` shows.
 * @throws InputError for a map whose values don't fill its height and width
 */
export async function featureMapsBundle(
  maps: readonly FeatureMap[],
  options: FeatureMapsOptions = {},
): Promise<Bundle> {
  const { columns = 6, widthPx = 120, title, colors = 'viridis' } = options;
  const scale = colors === 'gray' ? GRAY : VIRIDIS;
  const cells = await Promise.all(maps.map((map) => cellOf(map, scale)));
  return sheetBundle(cells, { columns, widthPx, title });
}

async function cellOf(map: FeatureMap, scale: number[][]): Promise<SheetCell> {
  const { name, height, width, values } = map;
  if (values.length !== height * width || values.length === 0) {
    throw new InputError({
      where: `feature map "${name}"`,
      found: `${values.length} values`,
      expected: `${height * width}, one for each of ${height} x ${width} places`,
      remedy: 'Give one filter of one photo, values.length = height * width',
    });
  }
  const bytes = await pixelsToPng(colorsOf(values, scale), width, height, 3);
  return { picture: { bytes, type: 'image/png', width, height }, caption: name };
}

function colorsOf(values: ArrayLike<number>, scale: number[][]): Uint8Array {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i]);
    high = Math.max(high, values[i]);
  }
  const steps = scale.length - 1;
  const pixels = new Uint8Array(values.length * 3);
  for (let i = 0; i < values.length; i++) {
    const at = high > low ? ((values[i] - low) / (high - low)) * steps : 0;
    const step = Math.min(Math.floor(at), steps - 1);
    for (let c = 0; c < 3; c++) {
      pixels[i * 3 + c] = Math.round(scale[step][c] + (at - step) * (scale[step + 1][c] - scale[step][c]));
    }
  }
  return pixels;
}

function rgbOf(hex: string): number[] {
  return [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16));
}
