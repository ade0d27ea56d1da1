/** npm run predict: answers for photos, by the model of the last training. */

import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { evaluation, InputError, model } from 'celeba-lab';
import { keepAligned } from './predict/aligned-faces';
import { answersTo, type Answer } from './predict/answers';
import { ContactSheet } from './predict/contact-sheet';
import { findPhotos, pathsOf, type FoundPhoto } from './predict/find-photos';
import { checkModelOf, noteModelOf } from './predict/model-of-rows';
import { readOptions, USAGE, WrongUse, type PredictOptions } from './predict/options';
import { ResumableOutput } from './predict/resumable-output';
import { shardItems } from './predict/shard';
import { alignedTable, csvLines, jsonLines, type RowFormat } from './predict/write-rows';
import { ProgressBar } from './progress/progress-bar';

const EXIT_UNREAD = 1;
const EXIT_WRONG_USE = 2;

async function main(): Promise<number> {
  const options = readOptions(process.env);
  if (options === undefined) {
    console.log(USAGE);
    return 0;
  }
  const classifier = await model.loadClassifier(options.model);
  if (options.aligned !== undefined && classifier.frame === undefined)
    say('--aligned: the model knows no frame for faces, so photos are read whole and none are kept.');
  const all = await findPhotos(options.paths, options.folder, async () => pathsOf(await text(process.stdin)));
  const photos = options.shard === undefined ? all : shardItems(all, options.shard);
  const format = formatOf(options, photos, classifier);
  if (options.out === undefined || options.kind === 'table') {
    await writeOut(format.head());
    const unread = await predictAll(options, classifier, photos, 0, (row) => writeOut(row), format);
    await writeOut(format.foot());
    return unread > 0 ? EXIT_UNREAD : 0;
  }
  await checkModelOf(options.out, options.model);
  const output = await ResumableOutput.open(options.out, options.kind, format.head());
  try {
    await noteModelOf(options.out, options.model);
    const missing = photos.filter(({ shown }) => !output.present.has(shown));
    const done = photos.length - missing.length;
    if (done > 0) say(`${done} of ${photos.length} photos are in ${options.out} already.`);
    const unread = await predictAll(options, classifier, missing, done, (row) => output.write(row), format);
    say(meaningOf(classifier));
    return unread + output.presentErrors > 0 ? EXIT_UNREAD : 0;
  } finally {
    await output.close();
  }
}

/** Writes a row for each photo. Returns how many couldn't be read. */
async function predictAll(
  options: PredictOptions,
  classifier: model.SavedClassifier,
  photos: FoundPhoto[],
  done: number,
  write: (row: string) => Promise<void>,
  format: RowFormat,
): Promise<number> {
  const sheet = options.sheet === undefined ? undefined : await ContactSheet.open(options.sheet, meaningOf(classifier));
  const bar = showsProgress(options) ? new ProgressBar({ unit: 'photos', total: photos.length }) : undefined;
  let [unread, count] = [0, 0];
  try {
    for await (const answer of answersTo(classifier, photos)) {
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

function meaningOf(classifier: model.SavedClassifier): string {
  const apart = classifier.head === 'sigmoid' && classifier.calibration === undefined;
  const outputs = apart ? ' Each class is judged for itself: percentages need not add up to 100.' : '';
  return `${evaluation.labelMeaning(classifier)}${outputs}`;
}

/** A bar on a terminal where no rows are written. */
function showsProgress({ progress, out }: PredictOptions): boolean {
  return progress || (process.stderr.isTTY && (out !== undefined || !process.stdout.isTTY));
}

/** Waits where the reader of stdout is slower than the model. */
async function writeOut(rows: string): Promise<void> {
  if (rows !== '' && !process.stdout.write(rows)) await once(process.stdout, 'drain');
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

// Whoever reads only the first lines, such as head, closes the pipe: no reason to complain.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof InputError ? error.message : error);
    if (error instanceof WrongUse) console.error(`\n${USAGE}`);
    process.exitCode = error instanceof InputError ? EXIT_WRONG_USE : EXIT_UNREAD;
  },
);
