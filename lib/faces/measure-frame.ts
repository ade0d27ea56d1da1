/** Where faces lie in the training photos: measured once, by the finder that later aligns photos to it. */

import { join } from 'node:path';
import { InputError, orInputError } from '../errors';
import { writeJson } from '../files/atomic-write';
import { sha256Of } from '../files/checksum';
import { parseJsonObject } from '../files/parse-json-object';
import { readTextIfThere } from '../files/read-if-there';
import { stoppable, type StopCheck } from '../interrupts';
import type { FaceFrame, Point } from '../model/classifier-description';
import { decodePhoto, type RgbPhoto } from '../photos/decode';
import { mapInFlight } from '../photos/map-in-flight';
import { readPhotoBytes } from '../photos/photo-bytes';
import { shuffled } from '../random';
import { fitToFrame } from './align-face';
import type { FaceFinder } from './face-finder';
import { offsetFrom, scaleTo, turnOf } from './face-shape';
import { eyesAndMouth, type FivePoints } from './find-landmarks';
import { edgeLayout, sharpnessOf, likenessOfEdges } from './photo-looks';
import { meanPoint } from './similarity';

/** Options of `measureFrame`. */
export interface MeasureFrameOptions {
  /** Photos looked at, at most; default 120, which gives CelebA's places to half a pixel. Of drawings 16 are enough. */
  photoCount?: number;
  /** Folder in which the result is kept and found again for photos of the same content; default none. */
  cacheFolder?: string;
  /** Fixes which photos are looked at; default 1. */
  seed?: number;
  /** Called after each photo with how many are done, of how many. */
  onProgress?: (done: number, total: number) => void;
}

/** A photo, and the index of its class. */
interface Labelled {
  file: string;
  label: number;
}

/** What is kept of a photo: numbers only, as the pixels of all photos would fill the memory. */
interface Measured {
  /** In the frame's pixels. */
  points: FivePoints;
  /** As `edgeLayout` gives them. */
  edges: number[];
  sharpness: number;
}

// Raised when a kept frame would be measured otherwise today.
const VERSION = 4;
// So many photos in a row without a face: there are none in this set.
const GIVE_UP_AFTER = 12;
// With fewer, or spread further over the photos, there is no place where faces lie.
const LEAST_FACES = 8;
// Of all photos, and of those of each class: of one that shows no faces, none could ever be answered.
const LEAST_SHARE = 0.5;
const WIDEST_SPREAD = 0.2;
// Of the longer side: no network takes more, and a batch of aligned faces must fit into memory.
const LARGEST_FRAME_PX = 512;
// A limit is what nearly all training photos keep to, with room for what a small sample missed.
const LIMITS = { turn: { least: 0.4, room: 1.2 }, sharpness: 0.5, likeness: 0.6 };

/**
 * Measures the frame of a data set: the mean places of eyes, nose and mouth in its training photos, how far photos lie from
 * it, and what is usual there. Photos that can't be read are passed over.
 * @param finder from `loadFaceFinder`
 * @param photos training photos of the data set
 * @returns      the frame, to be kept with the model by `model.amendClassifier`; undefined where no faces are found, or in one
 *               class hardly any, or they lie in no common place
 * @throws       Stopped where a notebook's user stopped it; InputError where the kept frame may not be read; SystemFault where
 *               the system failed to read a photo, or there is no room for the frame
 * @example      const frame = await measureFrame(finder, trainPhotos, { cacheFolder: `${settings.outputs}/faces` });
 */
export async function measureFrame(
  finder: FaceFinder,
  photos: readonly Labelled[],
  options: MeasureFrameOptions = {},
): Promise<FaceFrame | undefined> {
  const { photoCount = 120, cacheFolder, seed = 1 } = options;
  const some = shuffled(photos, seed).slice(0, photoCount);
  const measure = () => stoppable((check) => measureUntil(check, finder, some, options));
  if (cacheFolder === undefined) return measure();
  const cached = join(cacheFolder, `frame-${await keyOf(some)}.json`);
  const kept = await readKept(cached);
  if (kept !== undefined) return kept.frame;
  const frame = await measure();
  await writeJson(cached, { frame });
  return frame;
}

/** Of what is in the photos: others may come to lie under the same names. */
async function keyOf(photos: readonly Labelled[]): Promise<string> {
  const contents = await mapInFlight(photos, async ({ file, label }) => {
    const bytes = await orInputError(readPhotoBytes(file));
    return [label, bytes instanceof InputError ? null : sha256Of(bytes)];
  });
  return sha256Of(JSON.stringify([VERSION, contents])).slice(0, 16);
}

async function measureUntil(
  check: StopCheck,
  finder: FaceFinder,
  photos: readonly Labelled[],
  { onProgress }: MeasureFrameOptions,
): Promise<FaceFrame | undefined> {
  const measured: Measured[] = [];
  const looked: { label: number; isFace: boolean }[] = [];
  let size: { width: number; height: number } | undefined;
  for (const [i, { file, label }] of photos.entries()) {
    const photo = await orInputError(decodePhoto(file));
    onProgress?.(i + 1, photos.length);
    await check(
      () =>
        `after ${i + 1} of ${photos.length} photos, in which faces were looked for; run the cell again to begin anew`,
    );
    if (photo instanceof InputError) continue;
    size ??= frameSize(photo);
    const row = await measureOne(finder, photo, size);
    if (row !== undefined) measured.push(row);
    looked.push({ label, isFace: row !== undefined });
    if (measured.length === 0 && looked.length >= GIVE_UP_AFTER) return undefined;
  }
  const inEach = [...new Set(looked.map(({ label }) => label))].every((label) => {
    const ofClass = looked.filter((one) => one.label === label);
    // Rounded down, so that a single face that wasn't found doesn't speak for a rare class.
    return ofClass.filter(({ isFace }) => isFace).length >= Math.floor(LEAST_SHARE * ofClass.length);
  });
  const found = inEach && measured.length >= Math.max(LEAST_FACES, LEAST_SHARE * looked.length);
  return found && size !== undefined ? frameOf(measured, size, looked.length) : undefined;
}

/** The photo's size, or as much smaller as keeps every aligned face small. */
function frameSize({ width, height }: RgbPhoto): { width: number; height: number } {
  const factor = Math.min(1, LARGEST_FRAME_PX / Math.max(width, height));
  return { width: Math.round(width * factor), height: Math.round(height * factor) };
}

async function measureOne(
  finder: FaceFinder,
  photo: RgbPhoto,
  size: { width: number; height: number },
): Promise<Measured | undefined> {
  const [face] = await finder.find(photo);
  if (face === undefined) return undefined;
  const [x, y] = [size.width / photo.width, size.height / photo.height];
  const points = face.points.map((point): Point => [point[0] * x, point[1] * y]) as FivePoints;
  const fitted = await fitToFrame(photo, { ...size, points });
  return { points, edges: edgeLayout(fitted), sharpness: sharpnessOf(fitted) };
}

function frameOf(measured: Measured[], size: { width: number; height: number }, looked: number): FaceFrame | undefined {
  const points = [0, 1, 2, 3, 4].map((i) => meanPoint(measured.map((row) => row.points[i]))) as FivePoints;
  const spreadPx = spreadOf(measured, points);
  if (spreadPx > WIDEST_SPREAD * size.width) return undefined;
  const meanEdges = measured[0].edges.map((_, i) => mean(measured.map(({ edges }) => edges[i])));
  return {
    ...size,
    points: points.map(([x, y]) => [round(x), round(y)]) as FivePoints,
    spreadPx: round(spreadPx),
    photoCount: looked,
    faceCount: measured.length,
    limits: limitsOf(measured, points, meanEdges),
    meanEdges: meanEdges.map(round),
  };
}

function limitsOf(measured: Measured[], points: FivePoints, meanEdges: number[]): FaceFrame['limits'] {
  const most = (valueOf: (row: Measured) => number, share: number): number => {
    const values = measured.map(valueOf);
    return quantile(
      values.sort((a, b) => a - b),
      share,
    );
  };
  return {
    offsetPx: round(most((row) => offsetFrom(row.points, points), 0.95)),
    scale: round(most((row) => scaleTo(row.points, points), 0.95)),
    turn: round(Math.max(LIMITS.turn.least, LIMITS.turn.room * most((row) => turnOf(row.points), 0.99))),
    sharpness: round(LIMITS.sharpness * most(({ sharpness }) => sharpness, 0.01)),
    likeness: round(LIMITS.likeness * most(({ edges }) => likenessOfEdges(edges, meanEdges), 0.01)),
  };
}

function spreadOf(measured: Measured[], points: FivePoints): number {
  const targets = eyesAndMouth(points);
  const squares = measured.flatMap((row) =>
    eyesAndMouth(row.points).map(([x, y], i) => (x - targets[i][0]) ** 2 + (y - targets[i][1]) ** 2),
  );
  return Math.sqrt(mean(squares));
}

/** Of sorted values, with values between two of them in proportion. */
function quantile(sorted: number[], share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(sorted.length - 1, below + 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function round(value: number): number {
  // A file keeps -0 as 0, and what is read again should be what was measured.
  return Math.round(value * 100) / 100 + 0;
}

async function readKept(file: string): Promise<{ frame?: FaceFrame } | undefined> {
  const text = await readTextIfThere(file, 'the frame of a data set');
  // One that is broken is measured again.
  return text === undefined ? undefined : parseJsonObject(text);
}
