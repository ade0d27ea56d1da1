/** From any photo to an answer for each of its faces, or the reason why there is none. */

import { InputError, orInputError } from '../errors';
import { blendLogits } from '../evaluation/blend';
import { decide, decideByLogits, type Answer } from '../evaluation/decide';
import { outputsOf, type Classifier } from '../evaluation/predictions';
import { stoppable } from '../interrupts';
import type { ClassifierDescription, Point } from '../model/classifier-description';
import { decodePhoto, type RgbPhoto } from '../photos/decode';
import { encodeJpeg } from '../photos/encode';
import { preprocessPhoto } from '../photos/prepare';
import { workAhead } from '../photos/work-ahead';
import { photosAtOnce } from '../tensorflow/photos-at-once';
import { faultOf } from './abstain';
import { describeFaces, pointsNear } from './describe-faces';
import type { Box } from './detect-faces';
import type { FaceFinder } from './face-finder';
import { opinionOn } from './second-opinion';
import { readPhoto, type Reading, type ReadFace, type ReadPhoto } from './reading';

/** What the model says of a face. */
export interface FaceAnswer extends Answer {
  /** Left, top, width, height in pixels of the upright photo; may reach beyond it. */
  box: Box;
  /** Left eye, right eye, nose, left and right mouth corner in the same pixels; empty where no face was looked for. */
  landmarks: Point[];
  /** The face as the model saw it, a JPEG's bytes. */
  aligned: Uint8Array;
}

/** What the model says of a photo. */
export interface AnsweredPhoto {
  /** Path as it was given, or `photo` for bytes. */
  file: string;
  reading: Reading;
  /** The largest face first; empty where none was found. */
  faces: FaceAnswer[];
  /** What was decided about the photo and why, where it isn't plain to see. */
  note?: string;
  error?: undefined;
}

/** A photo that can't be read, or an answer for each of its faces. */
export type PhotoAnswer = AnsweredPhoto | { file: string; error: string };

/** Options of `answerPhotos`. */
export interface AnswerOptions {
  /** Called after each photo with how many are done. */
  onProgress?: (done: number) => void;
  /** Faces in one call of the model; default `photosAtOnce`: 8 on a CPU, 16 on a GPU. */
  batchSize?: number;
  /** Asked before each photo; true ends the run early, with answers for the photos that were read before. */
  stop?: () => boolean;
}

/** A saved classifier, or the same with a model that `nativePredictor` made. */
export type FaceClassifier = ClassifierDescription & Pick<Classifier, 'model'>;

type Source = string | Uint8Array;
type Waiting = { file: string } & ({ read: ReadPhoto } | { error: string });

// Decoded ahead of the one at hand, while the networks work: each may hold 150 MB, so no more.
const AHEAD = 2;

/**
 * Answers many photos; memory holds one batch of faces and three decoded photos, however many there are.
 * @param classifier a saved classifier
 * @param finder     from `loadFaceFinder`
 * @param photos     paths, or bytes of files; their order is kept
 * @returns          an answer for each; one that can't be read has an error and the rest goes on
 * @throws           SystemFault where the system failed to read a photo; answers that were given before stand
 * @example          for await (const answer of answerPhotos(classifier, finder, ['a.jpg', 'b.jpg'])) console.log(answer);
 */
export async function* answerPhotos(
  classifier: FaceClassifier,
  finder: FaceFinder,
  photos: Iterable<Source> | AsyncIterable<Source>,
  { onProgress, batchSize = photosAtOnce(), stop }: AnswerOptions = {},
): AsyncGenerator<PhotoAnswer> {
  let waiting: Waiting[] = [];
  let faces = 0;
  let done = 0;
  for await (const { file, photo, error } of workAhead(photos, decode, 1 + AHEAD)) {
    if (stop?.()) break;
    const read = photo && (await readPhoto(finder, photo, classifier));
    waiting.push(read ? { file, read } : { file, error: error ?? '' });
    faces += read?.faces.length ?? 0;
    onProgress?.(++done);
    if (faces < batchSize && waiting.length < 2 * batchSize) continue;
    yield* await answersOf(classifier, waiting, batchSize);
    [waiting, faces] = [[], 0];
  }
  yield* await answersOf(classifier, waiting, batchSize);
}

/**
 * `answerPhotos` with all answers at once: for notebooks, whose kernel takes no `for await` in a cell.
 * @param classifier a saved classifier
 * @param finder     from `loadFaceFinder`
 * @param photos     paths, or bytes of files; their order is kept
 * @returns          an answer for each
 * @throws           Stopped where a notebook's user stopped it; else as `answerPhotos`
 */
export async function answerAllPhotos(
  classifier: FaceClassifier,
  finder: FaceFinder,
  photos: Iterable<Source>,
  options: AnswerOptions = {},
): Promise<PhotoAnswer[]> {
  return stoppable(async (check) => {
    const answers: PhotoAnswer[] = [];
    for await (const answer of answerPhotos(classifier, finder, photos, options)) {
      answers.push(answer);
      await check(() => `after ${answers.length} photos; their answers are not kept`);
    }
    return answers;
  });
}

/**
 * Answers one photo.
 * @param classifier a saved classifier
 * @param finder     from `loadFaceFinder`
 * @param photo      path, or the file's bytes
 * @returns          an answer for each face, or an error where the photo can't be read
 * @example          const answer = await answerPhoto(classifier, await loadFaceFinder(), 'holiday.jpg');
 */
export async function answerPhoto(classifier: FaceClassifier, finder: FaceFinder, photo: Source): Promise<PhotoAnswer> {
  const [answer] = await answerAllPhotos(classifier, finder, [photo]);
  return answer;
}

interface Decoded {
  file: string;
  photo?: RgbPhoto;
  error?: string;
}

async function decode(source: Source): Promise<Decoded> {
  const file = typeof source === 'string' ? source : 'photo';
  const photo = await orInputError(decodePhoto(source));
  return photo instanceof InputError ? { file, error: photo.message } : { file, photo };
}

async function answersOf(classifier: FaceClassifier, waiting: Waiting[], batchSize: number): Promise<PhotoAnswer[]> {
  const faces = waiting.flatMap((photo) => ('read' in photo ? photo.read.faces : []));
  const answers: FaceAnswer[] = [];
  for (let i = 0; i < faces.length; i += batchSize) {
    const batch = faces.slice(i, i + batchSize);
    // JPEGs are written on other threads, while the networks compute.
    const jpegs = Promise.all(batch.map(({ aligned }) => encodeJpeg(aligned)));
    const [said, written] = await Promise.all([answersFor(classifier, batch), jpegs]);
    batch.forEach(({ box, points }, k) =>
      answers.push({ box, landmarks: [...points], ...said[k], aligned: written[k] }),
    );
  }
  return waiting.map((photo) => {
    if (!('read' in photo)) return photo;
    const { faces: own, ...rest } = photo.read;
    return { file: photo.file, ...rest, faces: answers.splice(0, own.length) };
  });
}

/** Of the model alone, or of both classifiers where there are two. */
async function answersFor(classifier: FaceClassifier, batch: ReadFace[]): Promise<Answer[]> {
  const { head, classNames, format, frame } = classifier;
  const opinion = frame && classifier.secondOpinion;
  // Beside a second opinion, which is fitted so, the mirror image adds nothing: docs/training.md.
  const testTimeFlip = opinion === undefined && classifier.testTimeFlip;
  const outputs = await outputsOf(
    { ...classifier, testTimeFlip },
    batch.map(({ aligned }) => preprocessPhoto(aligned, format)),
  );
  const faults = batch.map((face) => faultOf(face, frame));
  if (frame === undefined || opinion === undefined) return outputs.map((row, k) => decide(classifier, row, faults[k]));
  const located = batch.map(async ({ aligned, alignedPoints }) => ({
    aligned,
    points: alignedPoints ?? (await pointsNear(aligned, frame)),
  }));
  const descriptors = await describeFaces(await Promise.all(located));
  const { share, calibration } = opinion;
  return outputs.map((row, k) => {
    const logits = blendLogits(row, head, opinionOn(descriptors[k], opinion), share);
    return decideByLogits({ classNames, calibration }, logits, faults[k]);
  });
}
