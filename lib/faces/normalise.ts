/** What face-api's landmark and recognition networks do to a picture first. */

import type { GraphBuilder } from '../native';

// Mean red, green and blue of the photos that face-api's networks were trained on.
const MEANS = [122.782, 117.001, 104.298];

/**
 * Takes the means off a graph's input, red, green, blue, 0 to 255, and divides by 255.
 * @param builder a graph whose last axis of input is the colour
 * @returns       name of the operation to compute from
 * @source        github.com/vladmandic/face-api, src/ops/normalize.ts
 */
export function normalised(builder: GraphBuilder): string {
  const [means, scale] = [builder.numbers(MEANS), builder.numbers([1 / 255])];
  return builder.arithmetic('Mul', builder.arithmetic('Sub', builder.input, means), scale);
}
