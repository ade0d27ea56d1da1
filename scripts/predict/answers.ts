/** From photos to rows: each photo read as the model asks for it, in order. */

import { evaluation, faces } from 'celeba-lab';
import type { FoundPhoto } from './find-photos';
import type { FaceRow, ResultRow } from './result-row';

/** A row, and what isn't written in it. */
export interface Answer {
  photo: FoundPhoto;
  row: ResultRow;
  /** Faces as the model saw them, JPEGs, in the row's order. */
  aligned: Uint8Array[];
}

/**
 * Answers photos in order, paths that lead to none in their place; memory holds a few photos, however many there are.
 * @param photos as `findPhotos` gives them
 * @returns      an answer for each
 */
export async function* answersTo(
  classifier: faces.FaceClassifier,
  photos: Iterable<FoundPhoto>,
): AsyncGenerator<Answer> {
  const waiting: FoundPhoto[] = [];
  const readable = function* (): Generator<string> {
    for (const photo of photos) {
      waiting.push(photo);
      if (photo.error === undefined) yield photo.file;
    }
  };
  const read = classifier.frame === undefined ? wholePhotos : photosWithFaces;
  for await (const { row, aligned } of read(classifier, readable())) {
    yield* unreadable(waiting);
    const photo = waiting.shift() as FoundPhoto;
    const { error } = row;
    if (error === undefined) yield { photo, row: { ...row, file: photo.shown }, aligned };
    else {
      // As a function: in a string, $ and what follows it would be read as a pattern.
      const shown = error.replaceAll(photo.file, () => photo.shown);
      yield { photo, row: { file: photo.shown, error: shown }, aligned };
    }
  }
  yield* unreadable(waiting);
}

/** Takes the paths at the head of the queue that lead to no photo. */
function* unreadable(waiting: FoundPhoto[]): Generator<Answer> {
  while (waiting[0]?.error !== undefined) {
    const photo = waiting.shift() as FoundPhoto;
    yield { photo, row: { file: photo.shown, error: photo.error ?? '' }, aligned: [] };
  }
}

/** A model of faces: each face of a photo is aligned as the training photos are. */
async function* photosWithFaces(
  classifier: faces.FaceClassifier,
  files: Iterable<string>,
): AsyncGenerator<Omit<Answer, 'photo'>> {
  const finder = await faces.loadFaceFinder();
  for await (const answer of faces.answerPhotos(classifier, finder, files)) {
    const { file } = answer;
    if (answer.error !== undefined) {
      yield { row: { file, error: answer.error }, aligned: [] };
      continue;
    }
    const rows = answer.faces.map((face) => faceRow(face, classifier.classNames));
    // Without a face, what was decided is the reason.
    const nobody = { label: null, probability: null, probabilities: null, abstained: true, reason: answer.note };
    const { label, probability, probabilities, abstained, reason } = rows[0] ?? nobody;
    const largest = { label, probability, probabilities, abstained, ...(reason !== undefined && { reason }) };
    const note = rows.length > 0 && answer.note !== undefined && { note: answer.note };
    yield { row: { file, ...largest, faces: rows, ...note }, aligned: answer.faces.map((face) => face.aligned) };
  }
}

function faceRow(face: faces.FaceAnswer, classNames: readonly string[]): FaceRow {
  return {
    box: face.box.map(pixels),
    landmarks: face.landmarks.map((point) => point.map(pixels)),
    ...answerFields(face, classNames),
  };
}

// Tenths of a pixel are more than a detector knows.
function pixels(value: number): number {
  return Math.round(10 * value) / 10;
}

/** A model that knows no frame for faces: drawings, and classes that aren't about faces. */
async function* wholePhotos(
  classifier: faces.FaceClassifier,
  files: Iterable<string>,
): AsyncGenerator<Omit<Answer, 'photo'>> {
  // Of cats and dogs nobody expects that faces are looked for.
  const note = evaluation.isOfPeople(classifier) && { note: faces.READ_WHOLE };
  for await (const { file, ...outcome } of evaluation.predictFiles(classifier, files)) {
    if (outcome.error !== undefined) {
      yield { row: { file, error: outcome.error }, aligned: [] };
      continue;
    }
    const answer = evaluation.decide(classifier, outcome.probabilities);
    yield { row: { file, ...answerFields(answer, classifier.classNames), faces: [], ...note }, aligned: [] };
  }
}

function answerFields(answer: evaluation.Answer, classNames: readonly string[]) {
  const { label, probability, probabilities, abstained, reason } = answer;
  return {
    label,
    probability: round(probability),
    probabilities: named(classNames, probabilities),
    abstained,
    ...(reason !== undefined && { reason }),
  };
}

function named(classNames: readonly string[], shares: readonly number[]): Record<string, number> {
  return Object.fromEntries(classNames.map((name, i) => [name, round(shares[i])]));
}

// A float32 has no more digits than these.
function round(probability: number): number {
  return Number(probability.toPrecision(6));
}
