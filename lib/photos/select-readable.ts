/** The photos of a run: so many of each part and class, all of which can be read. */

import { checkSizes, rankedByClass, shareOut, type SelectOptions } from '../dataset/select';
import { PARTS, type Dataset, type Part, type Photo } from '../dataset/types';
import { InputError } from '../errors';
import { checkParts, defectsOf, type CheckedPhotos, type Reject } from './check';

/** Options of `selectReadable`: those of `selectPhotos`, which `Settings` has, and more. */
export interface SelectReadableOptions extends SelectOptions {
  /** Parts to take photos from; default all. What is taken from one doesn't depend on the others. */
  parts?: readonly Part[];
  /** Called now and then with how many photos are checked, of how many. */
  onProgress?: (done: number, total: number) => void;
}

const PROGRESS_EVERY = 50;

/**
 * Takes photos as `selectPhotos` does, and decodes each once; the place of one that can't be read goes to the next of its
 * class. No more photos are decoded than that takes, however large the dataset is.
 * @param data    any dataset
 * @param options sizes, seed and parts; `readSettings` returns the first two
 * @returns       the selection in the dataset's order; what was tried and left out, after the photos whose files are missing
 * @throws        InputError where more photos were `asked` for than there are, or fewer than classes; where unreadable photos
 *                leave nothing of a part, no training photo of a class, or one class only to validate or to test; SystemFault
 *                where the system failed to read a photo; Stopped where a notebook's user stopped it
 * @example       await selectReadable(data, { train: 1000, validation: 200, test: 200, seed: 1 })
 */
export async function selectReadable(data: Dataset, options: SelectReadableOptions = {}): Promise<CheckedPhotos> {
  const { parts = PARTS, seed, onProgress } = options;
  checkSizes(data, options);
  const selections = parts.map((part) => new Selection(rankedByClass(data, part, seed), options[part] ?? Infinity));
  let checked = 0;
  for (const selection of selections) {
    for (let next = selection.next(); next.length > 0; next = selection.next()) {
      const before = checked;
      const total = before + selections.reduce((sum, each) => sum + each.next().length, 0);
      const defects = await defectsOf(next, (done) => {
        checked = before + done;
        if (checked % PROGRESS_EVERY === 0 || checked === total) onProgress?.(checked, total);
      });
      selection.judge(next, defects);
    }
  }
  const kept = new Set(selections.flatMap((selection) => selection.kept()));
  const reasonOf = new Map(selections.flatMap(({ rejected }) => rejected.map((each) => [each.photo, each] as const)));
  const readable = data.photos.filter((photo) => kept.has(photo));
  const unreadable = data.photos.flatMap((photo) => reasonOf.get(photo) ?? []);
  checkParts(readable, unreadable);
  checkClasses(data, readable, unreadable);
  const missing = data.missing.filter(({ part }) => parts.includes(part));
  return { readable, rejected: [...missing.map((photo) => ({ photo, reason: 'no such file' })), ...unreadable] };
}

/**
 * A class without training photos can't be learned; photos of one class judge nothing, while those of several still do
 * where another is lost.
 */
function checkClasses({ classNames }: Dataset, readable: readonly Photo[], unreadable: readonly Reject[]): void {
  const labelsIn = new Map(PARTS.map((part) => [part, new Set<number>()]));
  for (const { part, label } of readable) labelsIn.get(part)?.add(label);
  const isNeeded = ({ part, label }: Photo): boolean => {
    const left = labelsIn.get(part) as Set<number>;
    return !left.has(label) && (part === 'train' || left.size < 2);
  };
  const lost = unreadable.find(({ photo }) => isNeeded(photo));
  if (lost === undefined) return;
  const { part, label } = lost.photo;
  throw new InputError({
    where: `the ${part} photos of class ${classNames[label]}`,
    found: `none that can be read (${lost.photo.name}: ${lost.reason})`,
    expected:
      part === 'train' ? 'readable training photos of each class' : `readable ${part} photos of two or more classes`,
    remedy: 'Replace or remove these photos, or copy the whole folder again',
  });
}

/** The photos of one part, class by class in the order in which they are tried. */
class Selection {
  readonly rejected: Reject[] = [];
  private readonly readable: Photo[][];
  private readonly tried: number[];

  constructor(
    private readonly ranked: Photo[][],
    private readonly cap: number,
  ) {
    this.readable = ranked.map(() => []);
    this.tried = ranked.map(() => 0);
  }

  /** What must be decoded next, so that each class has its share; none where nothing is lacking. */
  next(): Photo[] {
    const shares = this.shares();
    return this.ranked.flatMap((photos, label) => {
      const lacking = Math.max(0, shares[label] - this.readable[label].length);
      return photos.slice(this.tried[label], this.tried[label] + lacking);
    });
  }

  judge(photos: readonly Photo[], defects: readonly (string | undefined)[]): void {
    photos.forEach((photo, i) => {
      const reason = defects[i];
      this.tried[photo.label]++;
      if (reason === undefined) this.readable[photo.label].push(photo);
      else this.rejected.push({ photo, reason });
    });
  }

  kept(): Photo[] {
    const shares = this.shares();
    return this.readable.flatMap((photos, label) => photos.slice(0, shares[label]));
  }

  // A class that has too few photos left that can be read leaves its places to the others.
  private shares(): number[] {
    const sizes = this.ranked.map((photos, label) => photos.length - this.tried[label] + this.readable[label].length);
    return shareOut(sizes, this.cap);
  }
}
