/** How large the photos of a dataset are, and which can't be read, from a sample of them. */

import type { Photo } from '../dataset/types';
import { InputError, orInputError } from '../errors';
import { rankedBySeed } from '../random';
import type { Reject } from './check';
import { decodePhoto } from './decode';
import { mapInFlight } from './map-in-flight';

/** Photos of one size. */
export interface SizeCount {
  /** As `178 x 218`: width, then height, in pixels. */
  size: string;
  /** How many. */
  photos: number;
}

/** What `surveyPhotos` found. */
export interface PhotoSurvey {
  /** Photos decoded. */
  checked: number;
  /** Photos in all. */
  total: number;
  /** The most frequent size first. */
  sizes: SizeCount[];
  /** Those among the checked ones that can't be read, in the order in which the photos were given. */
  rejected: Reject[];
}

/** Options of `surveyPhotos`. */
export interface SurveyOptions {
  /** Photos decoded at most; default 1,000. */
  most?: number;
  /** Fixes which ones, a whole number; default 1. */
  seed?: number;
}

/**
 * Decodes a sample of photos, drawn by a hash of seed and name, or all where there are no more.
 * @param photos photos of a dataset
 * @returns      sizes as seen, upright; `checked` and `total` say how many were looked at, of how many
 * @throws       Stopped where a notebook's user stopped it; SystemFault where the system failed to read a photo
 * @example      (await surveyPhotos(data.photos)).sizes[0] // { size: '178 x 218', photos: 1000 }
 */
export async function surveyPhotos(
  photos: readonly Photo[],
  { most = 1000, seed = 1 }: SurveyOptions = {},
): Promise<PhotoSurvey> {
  const drawn = new Set(rankedBySeed(photos, seed, ({ name }) => name).slice(0, most));
  const sample = photos.filter((photo) => drawn.has(photo));
  const counts = new Map<string, number>();
  const rejected: Reject[] = [];
  const found = await mapInFlight(sample, ({ file }) => orInputError(sizeOf(file)));
  found.forEach((size, i) => {
    if (size instanceof InputError) rejected.push({ photo: sample[i], reason: size.found });
    else counts.set(size, (counts.get(size) ?? 0) + 1);
  });
  const sizes = [...counts].map(([size, count]) => ({ size, photos: count }));
  return {
    checked: sample.length,
    total: photos.length,
    sizes: sizes.sort((a, b) => b.photos - a.photos || (a.size < b.size ? -1 : 1)),
    rejected,
  };
}

async function sizeOf(file: string): Promise<string> {
  const { width, height } = await decodePhoto(file);
  return `${width} x ${height}`;
}
