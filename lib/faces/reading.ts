/** Whether a photo is an aligned face already, and what its faces look like once they are aligned. */

import type { ClassifierDescription, FaceFrame, Point } from '../model/classifier-description';
import type { RgbPhoto } from '../photos/decode';
import { resizeNearest } from '../photos/resize-nearest';
import { alignedPoints, alignFace, fitToFrame } from './align-face';
import type { Box } from './detect-faces';
import type { FaceFinder, FoundFace } from './face-finder';
import { offsetFrom, rollOf, scaleTo } from './face-shape';
import type { FivePoints } from './find-landmarks';
import { likenessOf } from './photo-looks';

/** `aligned`: the photo was taken as it is; `face`: faces were cut out of it and aligned. */
export type Reading = 'aligned' | 'face';

/** A face as the model gets it. */
export interface ReadFace {
  /** In pixels of the upright photo. */
  box: Box;
  /** In the same pixels; empty where nobody looked for a face. */
  points: FivePoints | [];
  aligned: RgbPhoto;
  /** The same points in pixels of `aligned`; missing where nobody looked for a face. */
  alignedPoints?: FivePoints;
  /** An eye, the nose or a corner of the mouth lies beyond the photo's border; default false. */
  isCut?: boolean;
}

/** A photo read. */
export interface ReadPhoto {
  reading: Reading;
  /** The largest first; empty where no face was found. */
  faces: ReadFace[];
  /** What was decided and why, where it isn't plain to see. */
  note?: string;
}

/** Note on a photo that a model without a frame takes whole. */
export const READ_WHOLE = 'read whole: the model knows no frame to which faces are aligned';

// A face that fills so much of its photo leaves room for nothing else.
const NO_ROOM_SHARE = 0.4;
// Degrees: where training photos aren't turned upright, 95 of 100 faces lean less.
const MOST_ROLL = 20;
// To the mean training photo: 93 of 100 photos of 2,028 are, and 1 of 200 pieces of others without a face.
const LIKE_A_FACE = 0.25;

/**
 * Reads a photo: finds its faces and aligns them to the training photos' frame, or takes it as it is where its face lies
 * there already (no further off than 95 of 100 training photos) or where the model has no frame.
 * @param finder from `loadFaceFinder`
 * @param photo  RGB bytes, upright
 * @param model  its frame, missing for a model whose photos are no faces, and its format
 * @returns      its faces as the model gets them
 */
export async function readPhoto(
  finder: FaceFinder,
  photo: RgbPhoto,
  { frame, format }: Pick<ClassifierDescription, 'frame' | 'format'>,
): Promise<ReadPhoto> {
  if (frame === undefined) {
    const whole: Box = [0, 0, photo.width, photo.height];
    // In the model's size at once, with the pixels that it would take: whole batches of large photos wouldn't fit.
    const aligned = resizeNearest(photo, format.height, format.width);
    return { reading: 'aligned', faces: [{ box: whole, points: [], aligned }], note: READ_WHOLE };
  }
  const found = await finder.find(photo, frame);
  if (found.length === 0) return readWithoutFace(photo, frame);
  const asItIs = liesInFrame(photo, found[0], frame);
  const faces = found.map(async (face, i): Promise<ReadFace> => ({
    box: face.box,
    points: face.points,
    ...(asItIs && i === 0
      ? { aligned: await fitToFrame(photo, frame), alignedPoints: stretchedPoints(photo, face.points, frame) }
      : { aligned: alignFace(photo, face.points, frame), alignedPoints: alignedPoints(face.points, frame) }),
    isCut: face.points.some(([x, y]) => x < 0 || y < 0 || x > photo.width || y > photo.height),
  }));
  const note = noteOn(photo, found, frame, asItIs);
  return { reading: asItIs ? 'aligned' : 'face', faces: await Promise.all(faces), ...(note && { note }) };
}

/** The detector misses some faces that fill their photo: in the training photos' own size such a photo may be one of these. */
function readWithoutFace(photo: RgbPhoto, frame: FaceFrame): ReadPhoto {
  if (!hasSizeOf(frame, photo) || likenessOf(photo, frame.meanEdges) < LIKE_A_FACE)
    return { reading: 'face', faces: [], note: 'no face found' };
  const box: Box = [0, 0, photo.width, photo.height];
  const note = 'no face found, used as it is: it has the size of the training photos and looks somewhat like them';
  return { reading: 'aligned', faces: [{ box, points: [], aligned: photo }], note };
}

function liesInFrame(photo: RgbPhoto, { points }: FoundFace, frame: FaceFrame): boolean {
  const stretched = stretchedPoints(photo, points, frame);
  const { offsetPx, scale } = frame.limits;
  const near = offsetFrom(stretched, frame.points) <= offsetPx && scaleTo(stretched, frame.points) <= scale;
  return near && Math.abs(rollOf(stretched)) <= MOST_ROLL;
}

/** In pixels of the photo once it has the frame's size. */
function stretchedPoints(photo: RgbPhoto, points: FivePoints, frame: FaceFrame): FivePoints {
  const [x, y] = [frame.width / photo.width, frame.height / photo.height];
  return points.map((point): Point => [point[0] * x, point[1] * y]) as FivePoints;
}

function noteOn(photo: RgbPhoto, found: FoundFace[], frame: FaceFrame, asItIs: boolean): string | undefined {
  if (asItIs) return 'used as it is: eyes and mouth lie where the training photos have them';
  const [, , width, height] = found[0].box;
  const fills = width * height >= NO_ROOM_SHARE * photo.width * photo.height;
  const roll = Math.abs(rollOf(found[0].points));
  if (roll > 45) return `turned upright: its face ${roll > 135 ? 'stands on its head' : 'lies on its side'}`;
  return fills || hasSizeOf(frame, photo)
    ? 'aligned anew: eyes and mouth lie elsewhere than in the training photos'
    : undefined;
}

function hasSizeOf(frame: FaceFrame, { width, height }: RgbPhoto): boolean {
  return width === frame.width && height === frame.height;
}
