/** Where faces are in a photo: the detector, asked again with a border round the photo, then on parts of it. */

import type { RgbPhoto } from '../photos/decode';
import { resizeSmooth } from '../photos/resize-smooth';
import { tf } from '../tensorflow/load';
import { DETECTOR_SIDES } from './detector-graph';
import { loadFaceNetworks } from './face-api';

/** A box: left, top, width, height, in pixels of the photo; it may reach beyond the photo. */
export type Box = [x: number, y: number, width: number, height: number];

/** A face found. */
export interface DetectedFace {
  box: Box;
  /** How sure the detector is, 0 to 1. */
  score: number;
}

// Below, one face in a crowd of things is as often none.
const SURE = 0.5;
// In a photo that is all face it is less sure: in tightly cropped photos it finds 81 % at .5 without a border.
const SURE_WHEN_LARGE = 0.2;
const LARGE_SHARE = 0.25;
// Of the photo's longer side, on each side of it.
const BORDER = 0.5;
const GREY = 127;
// Longest side of a part, in pixels of the photo: a face of 40 has 17 in the detector's input there, and is found mostly.
const PART = 1200;
// Of the longer side: what is larger is found in the whole photo, what is smaller lies whole in one of the parts.
const SEEN_IN_WHOLE = 0.04;
// Of the longer side: beside a face as large, a small one is a passer-by, and isn't looked for.
const PORTRAIT = 0.125;
// Of the longer side: beside a face as large, a small photo has no others that would be seen better in a larger one.
const ALONE = 1 / 3;
// In pixels of the detector's input.
const AT_EDGE = 2;
const SAME_FACE = 0.4;
const INSIDE = 0.7;

/**
 * Finds faces. A photo in which none is found at first is looked at again within a grey border, where tight crops show
 * their faces. A small one is looked at in its own size; where no face is large in it, enlarged, too. A large one whose
 * faces are all small, or that shows none, is also looked at part by part: so a face of 40 pixels is found in a photo of
 * any size, a group's as well as the one in a landscape.
 * @param photo RGB bytes, upright
 * @returns     faces, the largest first; empty where there is none
 */
export async function detectFaces(photo: RgbPhoto): Promise<DetectedFace[]> {
  const whole: Box = [0, 0, photo.width, photo.height];
  const longer = Math.max(photo.width, photo.height);
  const sureIn = async (part: Box, look?: Look): Promise<DetectedFace[]> =>
    (await detectIn(photo, part, look)).filter(({ score }) => score >= SURE);
  const found = await sureIn(whole);
  const oneTakes = (share: number): boolean => found.some(({ box }) => Math.max(box[2], box[3]) >= share * longer);
  if (found.length === 0)
    found.push(
      ...(await detectIn(photo, whole, { border: BORDER, enlarge: true })).filter(
        ({ box, score }) => score >= (shareOf(photo, box) >= LARGE_SHARE ? SURE_WHEN_LARGE : SURE),
      ),
    );
  if (longer < DETECTOR_SIDES.full && !oneTakes(ALONE)) found.push(...(await sureIn(whole, { enlarge: true })));
  if (longer <= PART || oneTakes(PORTRAIT)) return distinct(found);
  for (const part of partsOf(photo)) found.push(...(await sureIn(part)).filter(({ box }) => !isCut(box, part, photo)));
  return distinct(found);
}

/** How a photo, or a part of it, is laid into the detector's input. */
interface Look {
  /** Grey on each side, as a share of the longer side; default none. */
  border?: number;
  /** What is smaller than the full input is made as large; default false: it is looked at in its own size. */
  enlarge?: boolean;
}

async function detectIn(
  photo: RgbPhoto,
  part: Box,
  { border = 0, enlarge = false }: Look = {},
): Promise<DetectedFace[]> {
  const [left, top, width, height] = part;
  const framed = Math.max(width, height) * (1 + 2 * border);
  const side = enlarge || framed > DETECTOR_SIDES.small ? DETECTOR_SIDES.full : DETECTOR_SIDES.small;
  // What is larger is made smaller, so that a photo of any size costs the same.
  const scale = enlarge ? side / framed : Math.min(1, side / framed);
  const [rows, columns] = [height, width].map((pixels) => Math.max(1, Math.round(pixels * scale)));
  const small = await resizeSmooth(cutOut(photo, part), rows, columns);
  const before = [side - rows, side - columns].map((rest) => (border > 0 ? Math.floor(rest / 2) : 0));
  const { detect } = await loadFaceNetworks();
  const room: [[number, number], [number, number], [number, number]] = [
    [before[0], side - rows - before[0]],
    [before[1], side - columns - before[1]],
    [0, 0],
  ];
  const picture = tf.tidy((): tf.Tensor3D => {
    const pixels = tf.tensor3d(small.data, [rows, columns, 3], 'int32').toFloat();
    return pixels.pad<tf.Tensor3D>(room, border > 0 ? GREY : 0); // [side, side, 3]
  });
  const candidates = detect(picture, SURE_WHEN_LARGE);
  picture.dispose();
  return candidates.map(({ edges, score }) => {
    const [y0, x0, y1, x1] = edges.map((edge, k) => (edge * side - before[k % 2]) / scale);
    return { box: [left + x0, top + y0, x1 - x0, y1 - y0], score };
  });
}

/** The surest of boxes that overlap, the largest face first. */
function distinct(faces: DetectedFace[]): DetectedFace[] {
  const kept: DetectedFace[] = [];
  for (const face of [...faces].sort((a, b) => b.score - a.score))
    if (!kept.some(({ box }) => isSame(box, face.box))) kept.push(face);
  return kept.sort((a, b) => areaOf(b.box) - areaOf(a.box));
}

function isSame(a: Box, b: Box): boolean {
  const width = Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1]);
  const common = Math.max(0, width) * Math.max(0, height);
  const smaller = Math.min(areaOf(a), areaOf(b));
  return common > SAME_FACE * (areaOf(a) + areaOf(b) - common) || common > INSIDE * smaller;
}

function areaOf([, , width, height]: Box): number {
  return width * height;
}

/** Share of the photo that a box covers. */
function shareOf({ width, height }: RgbPhoto, [x, y, w, h]: Box): number {
  const seen = (from: number, length: number, side: number): number =>
    Math.max(0, Math.min(side, from + length) - Math.max(0, from));
  return (seen(x, w, width) * seen(y, h, height)) / (width * height);
}

/** Even parts that overlap by as much as the largest face that the look at the whole photo may have missed. */
function partsOf({ width, height }: RgbPhoto): Box[] {
  const overlap = SEEN_IN_WHOLE * Math.max(width, height);
  const spans = (length: number): [start: number, length: number][] => {
    const count = Math.max(1, Math.ceil((length - overlap) / (PART - overlap)));
    const part = Math.ceil((length + (count - 1) * overlap) / count);
    return Array.from({ length: count }, (_, i) => [Math.round((i * (length - part)) / Math.max(1, count - 1)), part]);
  };
  return spans(height).flatMap(([y, h]) => spans(width).map(([x, w]): Box => [x, y, w, h]));
}

/** Whether a box ends where its part does though the photo goes on: the whole face lies in the next part. */
function isCut([x, y, width, height]: Box, [left, top, w, h]: Box, photo: RgbPhoto): boolean {
  const margin = (AT_EDGE * Math.max(w, h)) / DETECTOR_SIDES.full;
  return (
    (left > 0 && x < left + margin) ||
    (top > 0 && y < top + margin) ||
    (left + w < photo.width && x + width > left + w - margin) ||
    (top + h < photo.height && y + height > top + h - margin)
  );
}

function cutOut(photo: RgbPhoto, [x, y, width, height]: Box): RgbPhoto {
  if (width === photo.width && height === photo.height) return photo;
  const data = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row++) {
    const start = 3 * ((y + row) * photo.width + x);
    data.set(photo.data.subarray(start, start + 3 * width), 3 * row * width);
  }
  return { width, height, data };
}
