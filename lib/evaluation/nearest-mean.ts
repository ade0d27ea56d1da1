/** The plainest classifier there is, as a yardstick: which class's mean picture is nearer? */

import type { Photo } from '../dataset/types';
import { InputError } from '../errors';
import { stoppable } from '../interrupts';
import type { PhotoFormat } from '../photos/photo-format';
import { preparedPhotos } from './prepared-photos';

/** A photo as numbers, with its class. */
export interface LabelledPixels {
  /** Any numbers, as many for every photo. */
  pixels: ArrayLike<number>;
  /** Class index, a whole number from 0. */
  label: number;
}

/** What is needed of a photo: a dataset's photos and rows of predictions both have it. */
export type LabelledFile = Pick<Photo, 'file' | 'name' | 'label'>;

/** Options of `nearestMeanOfPhotos`. */
export interface NearestMeanOptions {
  /** Called after each photo with how many are done, of how many. */
  onProgress?: (done: number, total: number) => void;
}

/**
 * Predicts for each test photo the class whose mean over the training photos is nearest (Euclidean distance).
 * Both are read once, one photo at a time; memory holds one mean for each class.
 * @param train training photos, at least one of each class
 * @param test  photos to classify, as many numbers each
 * @returns     predicted class index of each test photo, in order
 * @throws      InputError where there is no training photo, none of a class below the highest, or a label is no class index; where
 *              a photo has more or fewer numbers, or one that is NaN
 * @example     await nearestMean([{ pixels: [0], label: 0 }, { pixels: [9], label: 1 }], [{ pixels: [7] }]) // [1]
 */
export async function nearestMean(
  train: AsyncIterable<LabelledPixels> | Iterable<LabelledPixels>,
  test: AsyncIterable<Pick<LabelledPixels, 'pixels'>> | Iterable<Pick<LabelledPixels, 'pixels'>>,
): Promise<number[]> {
  const means = await classMeans(train);
  const predicted: number[] = [];
  for await (const { pixels } of test) {
    checkLength(pixels.length, means[0].length);
    const distances = means.map((mean) => squaredDistance(mean, pixels));
    const nearest = distances.indexOf(Math.min(...distances));
    if (nearest < 0)
      throw refusal('a photo with a value that is NaN', 'numbers', 'Look at how its pixels were computed');
    predicted.push(nearest);
  }
  return predicted;
}

/**
 * `nearestMean` on the raw pixels of photos, prepared as for the network. Training photos that can't be read are left out.
 * @param train  training photos, at least one of each class
 * @param test   photos to classify
 * @param format how photos are prepared
 * @returns      predicted class index of each test photo, in order
 * @throws       InputError where a test photo can't be read; Stopped where a notebook's user stopped it
 */
export function nearestMeanOfPhotos(
  train: readonly LabelledFile[],
  test: readonly LabelledFile[],
  format: PhotoFormat,
  { onProgress }: NearestMeanOptions = {},
): Promise<number[]> {
  const total = train.length + test.length;
  let done = 0;
  return stoppable((check) => {
    async function* labelledPixels(photos: readonly LabelledFile[], mayFail: boolean): AsyncGenerator<LabelledPixels> {
      for await (const { photo, pixels, error } of preparedPhotos(photos, ({ file }) => file, format)) {
        onProgress?.(++done, total);
        if (pixels !== undefined) yield { pixels, label: photo.label };
        else if (!mayFail) throw unreadable(photo, error);
        await check(() => `after ${done} of ${total} photos; run the cell again to begin anew`);
      }
    }
    return nearestMean(labelledPixels(train, true), labelledPixels(test, false));
  });
}

async function classMeans(train: AsyncIterable<LabelledPixels> | Iterable<LabelledPixels>): Promise<Float64Array[]> {
  const sums: Float64Array[] = [];
  const counts: number[] = [];
  let length: number | undefined;
  for await (const { pixels, label } of train) {
    if (!(Number.isSafeInteger(label) && label >= 0))
      throw refusal(`label ${label}`, 'class indices, whole numbers from 0', 'Give labels as class indices');
    checkLength(pixels.length, (length ??= pixels.length));
    const sum = (sums[label] ??= new Float64Array(length));
    for (let i = 0; i < length; i++) sum[i] += pixels[i];
    counts[label] = (counts[label] ?? 0) + 1;
  }
  if (sums.length === 0) throw noPhoto('any class');
  // Array.from also visits the classes that no photo had.
  return Array.from(sums, (sum: Float64Array | undefined, label) => {
    if (sum === undefined) throw noPhoto(`class index ${label}`);
    return sum.map((value) => value / counts[label]);
  });
}

function squaredDistance(a: Float64Array, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2;
  return sum;
}

function checkLength(found: number, expected: number): void {
  if (found === expected) return;
  const wanted = `${expected}, as for the first training photo`;
  throw refusal(`a photo of ${found} numbers`, wanted, 'Prepare all photos with one format');
}

function noPhoto(of: string): InputError {
  const remedy = 'Choose training photos of every class';
  return refusal(`no training photo of ${of}`, 'at least one of each class', remedy);
}

function refusal(found: string, expected: string, remedy: string): InputError {
  return new InputError({ where: 'nearestMean', found, expected, remedy });
}

function unreadable(photo: LabelledFile, reason: string | undefined): InputError {
  return new InputError({
    where: photo.name,
    found: `a photo that can't be read (${reason ?? 'unknown reason'})`,
    expected: 'readable test photos',
    remedy: 'Take photos with photos.selectReadable',
  });
}
