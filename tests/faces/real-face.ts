/** A photograph of three people, which face-api brings for its demonstration, and a model that answers for its faces. */

import { dirname, join } from 'node:path';
import type { model } from 'celeba-lab';
import sharp from 'sharp';
import { celebaFrame } from './celeba-frame';
import { brightnessModel, TINY_DESCRIPTION } from '../model/brightness-model';

/** Its path. */
export const SEVERAL = join(dirname(require.resolve('@vladmandic/face-api/package.json')), 'demo', 'sample1.jpg');

/** Where in it the woman on the left is, with room around her. */
export const WOMAN = { left: 200, top: 200, width: 520, height: 640 };

/** That part of it. */
export function oneWoman(): Promise<Buffer> {
  return sharp(SEVERAL).extract(WOMAN).png().toBuffer();
}

/** Answers by a photo's brightness, and has CelebA's frame. */
export function brightnessClassifier(): model.SavedClassifier {
  const frame = celebaFrame({ turn: 0.4, sharpness: 0.02 });
  return { ...TINY_DESCRIPTION, model: brightnessModel(), frame };
}
