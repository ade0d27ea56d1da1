/** npm run predict: answers for photos, by the model of the last training. */

import { breakdownText, EXIT_BROKE_DOWN, EXIT_UNREAD } from './predict/breakdown';
import { once } from 'node:events';
import { isAbsolute } from 'node:path';
import { text } from 'node:stream/consumers';
import { evaluation, type model } from 'celeba-lab';
import { endWith, say } from './command';
import { keepAligned, notKeptSentence } from './predict/aligned-faces';
import { answersTo, type Answer } from './predict/answers';
import { checkOutside, checkPlaces } from './predict/check-places';
import { ContactSheet } from './predict/contact-sheet';
import { fastModel } from './predict/fast-model';
import { findPhotos, pathsOf, type FoundPhoto } from './predict/find-photos';
import { loadModel } from './predict/load-model';
import { checkOrigin } from './predict/model-of-rows';
import { meaningOf, uncalibratedSentence } from './predict/model-sentences';
import { readOptions, USAGE, type PredictOptions } from './predict/options';
import { lockOutput } from './predict/output-lock';
import { ResumableOutput, type RowsOfFile } from './predict/resumable-output';
import { shardItems, shardSentence } from './predict/shard';
import { sheetPlace } from './predict/sheet-place';
import { alignedTable, csvLines, jsonLines, type RowFormat } from './predict/write-rows';
import { ProgressBar } from './progress/progress-bar';

/** What a run works with. */
interface Run {
  options: PredictOptions;
  classifier: model.SavedClassifier;
  fingerprint: string;
  /** Of this part. */
  photos: FoundPhoto[];
  format: RowFormat;
}

async function main(): Promise<number> {
  const options = readOptions(process.env);
  if (options === undefined) {
    console.log(USAGE);
    return 0;
  }
  await checkPlaces(options);
  const { classifier, fingerprint } = await loadModel(options.model);
  if (options.aligned !== undefined && classifier.frame === undefined)
    say('--aligned: the model knows no frame for faces, so photos are read whole and none are kept.');
  const uncalibrated = uncalibratedSentence(options.model, classifier);
  if (uncalibrated !== undefined) say(uncalibrated);
  const all = await findPhotos(options.paths, options.folder, async () => pathsOf(await text(process.stdin)));
  checkOutside(options.aligned, all);
  const { shard } = options;
  const photos = shard === undefined ? all : shardItems(all, shard);
  const taken = shard && shardSentence(shard, photos.length, all.length);
  if (taken !== undefined) say(taken);
  if (options.sheet !== undefined && shard !== undefined && shard.count > 1)
    say(`--sheet: part ${shard.index} of ${shard.count}, from 0, has a page of its own, ${options.sheet}.`);
  const run = { options, classifier, fingerprint, photos, format: formatOf(options, photos, classifier) };
  const unread = options.out === undefined ? await toStdout(run) : await toFile(run, options.out);
  return unread > 0 ? EXIT_UNREAD : 0;
}

/** Returns how many photos couldn't be read. */
async function toStdout(run: Run): Promise<number> {
  const { options, classifier, photos, format } = run;
  if (hasHead(options)) await writeOut(format.head());
  const unread = await predictAll(run, photos, (row) => writeOut(row));
  await writeOut(format.foot());
  // A table says it itself; among rows for programs it would be no row.
  if (options.kind !== 'table' && evaluation.isOfPeople(classifier)) say(meaningOf(classifier));
  return unread;
}

/** Adds what isn't in the file yet. Returns how many of the run's photos couldn't be read, now or earlier. */
async function toFile(run: Run, out: string): Promise<number> {
  const { options, classifier, fingerprint, photos } = run;
  // The places of kept faces are noted from there, too.
  const isRelative = options.aligned !== undefined || photos.some(({ shown }) => !isAbsolute(shown));
  const unlock = await lockOutput(out);
  try {
    const answering = { folder: options.model, fingerprint };
    const noteOrigin = await checkOrigin(out, answering, isRelative ? options.folder : undefined);
    const output = await ResumableOutput.open(out, rowsIn(run));
    try {
      await noteOrigin();
      // Others may be in the file, too: of other paths, or photos that are gone by now.
      const { present, missing } = output.divide(photos);
      const unreadEarlier = present.filter(({ shown }) => output.unread.has(shown)).length;
      if (present.length > 0)
        say(`${present.length} of ${photos.length} photos are in ${out} already.${mendedText(unreadEarlier)}`);
      const withFaces = present.map(({ shown }) => shown).filter((shown) => output.withFaces.has(shown));
      const notKept = options.aligned && (await notKeptSentence(withFaces, options.aligned));
      if (notKept !== undefined) say(notKept);
      const unread = await predictAll(run, missing, (row) => output.write(row));
      say(meaningOf(classifier));
      return unread + unreadEarlier;
    } finally {
      await output.close();
    }
  } finally {
    await unlock();
  }
}

function mendedText(unread: number): string {
  if (unread === 0) return '';
  return ` ${unread} of them could not be read then; to have them read again, take their lines out of the file.`;
}

/** Writes a row for each photo that is missing. Returns how many couldn't be read. */
async function predictAll(
  { options, classifier, photos, format }: Run,
  missing: FoundPhoto[],
  write: (row: string) => Promise<void>,
): Promise<number> {
  const done = photos.length - missing.length;
  const place = options.sheet && (await sheetPlace(options.sheet, { missing: missing.length, done }, say));
  const sheet = place ? await ContactSheet.open(place, meaningOf(classifier)) : undefined;
  const bar = showsProgress(options) ? new ProgressBar({ unit: 'photos', total: missing.length }) : undefined;
  let [unread, count] = [0, 0];
  try {
    for await (const answer of answersTo(await fastModel(classifier, missing.length), missing)) {
      if (answer.row.error !== undefined) unread++;
      await keep(answer, options, sheet);
      await write(format.row(answer.row));
      bar?.update(++count);
    }
    await sheet?.close(done > 0 ? `${done} photos were answered in an earlier run and are not shown here.` : '');
  } catch (error) {
    await sheet?.discard();
    throw error;
  } finally {
    bar?.end();
  }
  return unread;
}

async function keep(answer: Answer, { aligned, folder }: PredictOptions, sheet?: ContactSheet): Promise<void> {
  if (aligned !== undefined) await keepAligned(answer, aligned, folder);
  await sheet?.add(answer);
}

function formatOf({ kind }: PredictOptions, photos: FoundPhoto[], classifier: model.SavedClassifier): RowFormat {
  if (kind === 'json') return jsonLines();
  if (kind === 'csv') return csvLines(classifier.classNames);
  const shown = photos.map((photo) => photo.shown);
  return alignedTable(shown, classifier.classNames, meaningOf(classifier));
}

/** How the file of --out is written. */
function rowsIn({ options, photos, format }: Run): RowsOfFile {
  if (options.kind !== 'csv') return { kind: 'json' };
  const names = format.head();
  return hasHead(options) ? { kind: 'csv', names } : { kind: 'csv', names, headless: true, first: photos[0]?.shown };
}

/** The parts of CSV, one after the other, are to be one table: only the first begins with the names. */
function hasHead({ kind, shard }: PredictOptions): boolean {
  return kind !== 'csv' || shard === undefined || shard.index === 0;
}

/** A bar on a terminal where no rows are written. */
function showsProgress({ progress, out }: PredictOptions): boolean {
  return progress || (process.stderr.isTTY && (out !== undefined || !process.stdout.isTTY));
}

/** Waits where the reader of stdout is slower than the model. */
async function writeOut(rows: string): Promise<void> {
  if (rows !== '' && !process.stdout.write(rows)) await once(process.stdout, 'drain');
}

endWith(main(), { usage: USAGE, failed: EXIT_BROKE_DOWN, tell: breakdownText, withoutReader: 0 });
