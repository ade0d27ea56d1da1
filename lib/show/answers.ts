/** Answers to own photos: each photo with its faces marked, and beside it every face as the model saw it. */

import type { FaceAnswer, PhotoAnswer } from '../faces';
import { gallery, type GalleryItem } from './gallery';
import { markedFaces } from './marked-faces';

/** How answers are shown. */
export interface AnswersOptions {
  /** What stands below a photo, by its path as the answer has it, such as what it was labelled; default nothing. */
  labels?: ReadonlyMap<string, string>;
  /** Pictures in a row, at least 1; default 4. */
  columns?: number;
  /** Width of each picture in pixels, at least 32; default 176. */
  widthPx?: number;
}

// A notebook with more is slow to open, and large.
const MOST_PICTURES = 60;

/**
 * Shows answers: a photo with its faces' boxes, numbered where there are several, then each face as the model saw it, with
 * its answer and probability, or "can't tell" and the reason. Only whole photos with all their faces are shown: the first ones, up to 60
 * pictures, but at least one photo; the title says how many there are.
 * @param answers from `faces.answerAllPhotos`
 * @example       await show.answers(await faces.answerAllPhotos(classifier, finder, ['group.jpg']))
 */
export async function answers(
  given: readonly PhotoAnswer[],
  { labels, columns = 4, widthPx = 176 }: AnswersOptions = {},
): Promise<void> {
  const items: GalleryItem[] = [];
  let shown = 0;
  for (const answer of given) {
    const own = await itemsOf(answer, labels?.get(answer.file), widthPx);
    if (shown > 0 && items.length + own.length > MOST_PICTURES) break;
    items.push(...own);
    shown++;
  }
  const counts = `the first ${shown} of ${given.length.toLocaleString('en-US')} photos; npm run predict shows all`;
  const title = shown < given.length ? counts : undefined;
  await gallery(items, { columns, widthPx, title, maxPhotos: Math.max(1, items.length) });
}

async function itemsOf(answer: PhotoAnswer, label: string | undefined, widthPx: number): Promise<GalleryItem[]> {
  const told = (caption: string): string => [caption, label && `(${label})`].filter(Boolean).join(' ');
  if (answer.error !== undefined) return [{ file: answer.file, caption: told("can't be read") }];
  const { file, faces, note } = answer;
  if (faces.length === 0) return [{ file, caption: told('no face found') }];
  const boxed = faces.filter(({ landmarks }) => landmarks.length > 0);
  const marked = await markedFaces(file, boxed, 2 * widthPx);
  const seen = boxed.length === 0 ? 'whole photo' : boxed.length === 1 ? '1 face' : `${boxed.length} faces`;
  const number = (i: number): string => (faces.length > 1 ? `${i + 1}: ` : '');
  return [
    // What was done; why stands behind a colon, and is too long for a caption.
    { file: marked, caption: told(seen), note: note?.split(':')[0] },
    ...faces.map((face, i) => ({ file: face.aligned, caption: number(i) + wordsOf(face), note: face.reason })),
  ];
}

function wordsOf({ label, probability, abstained }: FaceAnswer): string {
  return abstained ? "can't tell" : `${label}, ${(100 * probability).toFixed(1)} %`;
}
