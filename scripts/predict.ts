/** npm run predict: label and probabilities of photos, by the model of the last training. */

import { once } from 'node:events';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { evaluation, InputError, model, project } from 'celeba-lab';
import { findPhotos, type FoundPhoto } from './predict/find-photos';
import { alignedTable, jsonLines, type ResultRow } from './predict/write-rows';

const USAGE = `Usage: npm run --silent predict -- [--json] [--model FOLDER] PATH...

Predicts each photo given or found in a folder.
  --json          one JSON object a line: {"file", "label", "probability", "probabilities"} or {"file", "error"};
                  "probabilities" are the outputs of the model's units, which need not add up to 1
  --model FOLDER  a saved model; default outputs/model
Exit code: 0 all photos were read, 1 some could not be read, 2 wrong use or no model.`;

const EXIT_UNREAD = 1;
const EXIT_WRONG_USE = 2;

interface Options {
  json: boolean;
  modelFolder: string;
  paths: string[];
  folder: string;
}

async function main(): Promise<number> {
  const options = readOptions();
  if (options === undefined) return 0;
  const classifier = await model.loadClassifier(options.modelFolder);
  const photos = await findPhotos(options.paths, options.folder);
  const shown = photos.map((photo) => photo.shown);
  const format = options.json ? jsonLines() : alignedTable(shown, classifier.classNames, meaningOf(classifier));
  let unread = 0;
  await write(format.head());
  for await (const row of predictRows(classifier, photos)) {
    if (row.error !== undefined) unread++;
    await write(format.row(row));
  }
  await write(format.foot());
  return unread > 0 ? EXIT_UNREAD : 0;
}

/** Rows in the order of the photos; those that lead to no file take their place between the predicted ones. */
async function* predictRows(classifier: model.SavedClassifier, photos: FoundPhoto[]): AsyncGenerator<ResultRow> {
  const files = photos.filter((photo) => photo.error === undefined).map((photo) => photo.file);
  const rows = evaluation.predictFiles(classifier, files, { onProgress: (done) => showProgress(done, files.length) });
  for (const { shown, file, error } of photos) {
    if (error !== undefined) {
      yield { file: shown, error };
      continue;
    }
    const { value: row } = (await rows.next()) as IteratorYieldResult<
      evaluation.Prediction | evaluation.FailedPrediction
    >;
    if (row.error !== undefined) yield { file: shown, error: row.error.replaceAll(file, shown) };
    else yield { file: shown, ...named(row, classifier.classNames) };
  }
}

function named({ predicted, probability, probabilities }: evaluation.Prediction, classNames: string[]) {
  const rounded = probabilities.map(round);
  return {
    label: classNames[predicted],
    probability: round(probability),
    probabilities: Object.fromEntries(classNames.map((name, i) => [name, rounded[i]])),
  };
}

// A float32 has no more digits than these.
function round(probability: number): number {
  return Number(probability.toPrecision(6));
}

function meaningOf(classifier: model.SavedClassifier): string {
  const outputs =
    classifier.head === 'sigmoid' ? ' Each class is judged for itself: percentages need not add up to 100.' : '';
  return `${guessOf(classifier)}${outputs}`;
}

function guessOf({ attribute, datasetName, drawn }: model.SavedClassifier): string {
  if (drawn)
    return 'The model was trained on drawings (the sample set): on photos of people its labels mean little. Train it with DATASET=folder npm start.';
  const guess =
    attribute === 'class'
      ? `in which of ${datasetName}'s folders a photo like this would lie`
      : `what the annotators of ${datasetName} would have answered to "${attribute}": their impression of a photo, in two values`;
  return `A label is the model's guess ${guess}. It says nothing about who a person is.`;
}

function showProgress(done: number, total: number): void {
  if (!process.stderr.isTTY || process.stdout.isTTY) return;
  process.stderr.write(`\r${done} of ${total} photos${done === total ? '\n' : ''}`);
}

/** Waits where the reader of stdout is slower than the model. */
async function write(text: string): Promise<void> {
  if (text !== '' && !process.stdout.write(text)) await once(process.stdout, 'drain');
}

/** Undefined where only help was asked for. */
function readOptions(): Options | undefined {
  const { values, positionals } = parseOptions();
  if (values.help) {
    console.log(USAGE);
    return undefined;
  }
  if (positionals.length === 0) throw wrongUse('no path', 'at least one photo or folder');
  // npm runs scripts in the project's root and keeps where the user was in INIT_CWD.
  const folder = process.env.INIT_CWD ?? process.cwd();
  const saved = values.model === undefined ? undefined : resolve(folder, values.model);
  const modelFolder = saved ?? resolve(project.readSettings(process.env).outputs, 'model');
  return { json: values.json ?? false, modelFolder, paths: positionals, folder };
}

function parseOptions() {
  const options = { json: { type: 'boolean' }, model: { type: 'string' }, help: { type: 'boolean' } } as const;
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    const [problem] = (error instanceof Error ? error.message : String(error)).split(/\.(?:\s|$)/);
    throw wrongUse(problem.toLowerCase(), '--json, --model FOLDER and paths');
  }
}

/** Answered with the usage. */
class WrongUse extends InputError {}

function wrongUse(found: string, expected: string): WrongUse {
  return new WrongUse({ where: 'predict', found, expected, remedy: 'The usage is below' });
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
