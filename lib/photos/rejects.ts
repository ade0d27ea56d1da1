/** Photos that were left out: as one sentence, as a table, and as a file. */

import { join } from 'node:path';
import { examplesText, LeftOutCounter } from '../dataset/left-out';
import { csvCell, writeFileAtomically } from '../files';
import type { Reject } from './check';

/** Photos left out for one reason. */
export interface RejectReason {
  /** Why, such as `a file that ends early`. */
  reason: string;
  /** How many. */
  photos: number;
  /** Some of their names. */
  examples: string;
}

/**
 * Groups what was left out by its reason.
 * @param rejected what `selectReadable` rejected
 * @returns        a row a reason, the most frequent first, with up to three names
 */
export function rejectsTable(rejected: readonly Reject[]): RejectReason[] {
  const counter = new LeftOutCounter();
  for (const { photo, reason } of rejected) counter.add(reason, photo.name);
  return counter.list().map((each) => ({ reason: each.reason, photos: each.count, examples: examplesText(each) }));
}

/**
 * The rejects as one sentence.
 * @param rejected what `selectReadable` rejected
 * @param total    photos in all, the rejected ones among them
 * @returns        such as `3 of 2,028 photos left out (0.15 %): 2 x a file that ends early (000041.jpg, 000052.jpg), ...`
 */
export function rejectsSentence(rejected: readonly Reject[], total: number): string {
  const all = total.toLocaleString('en-US');
  if (rejected.length === 0) return `All ${all} photos can be read.`;
  const percent = Number(((100 * rejected.length) / total).toPrecision(2));
  const reasons = rejectsTable(rejected).map(({ reason, photos, examples }) => `${photos} x ${reason} (${examples})`);
  return `${rejected.length.toLocaleString('en-US')} of ${all} photos left out (${percent} %): ${reasons.join(', ')}.`;
}

/**
 * Writes rejects.csv, whole: part, name, reason and file of each photo that was left out; only the header where none was.
 * @param outputs  folder of a run's outputs
 * @param rejected what `selectReadable` rejected
 * @returns        the file's path
 */
export async function writeRejects(outputs: string, rejected: readonly Reject[]): Promise<string> {
  const path = join(outputs, 'rejects.csv');
  const rows = rejected.map(({ photo, reason }) => [photo.part, photo.name, reason, photo.file]);
  const lines = [['part', 'name', 'reason', 'file'], ...rows].map((row) => row.map(csvCell).join(','));
  await writeFileAtomically(path, `${lines.join('\n')}\n`);
  return path;
}
