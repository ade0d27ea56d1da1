/** outputs/report.json: what a run used and reached, filled in notebook by notebook. */

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeJson } from '../files/atomic-write';
import { readJsonIfThere } from '../files/read-if-there';

/** Figures of one run; a part is missing until its notebook has run. */
export interface Report {
  /** Which photos: `sample set (drawings)`, or the dataset folder's name. */
  dataset: string;
  /** The attribute that was learned. */
  attribute: string;
  /** What notebook 1 found in the photos of this run. */
  data: {
    /** What it looked at; another than `dataset` above where notebook 1 alone was run on other photos. */
    dataset: string;
    /** What the parts are: `official`, `article` or `random`. */
    split: string;
    /** Validation and test photos that show a person who is in training, too; missing where nobody is known. */
    sharedPersons?: { validation: number; test: number };
    /** Photos that are in more than one part, byte for byte. */
    duplicatesAcrossParts: number;
    /** Photos that are there twice with two labels. */
    duplicatesWithTwoLabels: number;
    /** Rows and files that are no photos of the dataset: how many, by reason. */
    leftOut: Record<string, number>;
  };
  /** Names of the classes, in the order of the model's outputs. */
  classNames: string[];
  /** What the parts are: `official`, `article` or `random`. */
  split: string;
  /** `article`, `scaled` or `improved`: the recipe of the model that is kept. */
  recipe: string;
  /** Training photos. */
  train: { n: number };
  /** Validation photos, and accuracy (share, 0 to 1) at the epoch that was kept; missing where none has ended. */
  validation: { n: number; accuracy: number };
  /** Test photos, accuracy (share, 0 to 1) and its 95 % interval [low, high]. */
  test: { n: number; accuracy: number; interval: [number, number] };
  /** How much the second opinion on faces counts beside the model, and the accuracy of both on the same test photos. */
  secondOpinion?: { share: number; accuracy: number };
  /** When `test` was written, ISO 8601 in UTC: the figures of two runs may be the same. */
  testedAt?: string;
  /** Accuracy (share, 0 to 1) of a nearest-mean classifier on raw pixels, on the same test photos. */
  nearestMean: { accuracy: number };
  /** Photos left out because they couldn't be read: how many, by reason. */
  rejected: Record<string, number>;
  /** Epochs that ran, early stopping included. */
  epochs: number;
  /** The device line, such as `CPU: AMD EPYC, 2 cores`. */
  device: string;
}

/**
 * The report as far as it has been filled in.
 * @param outputs folder of the run
 * @returns       an empty object where there is no report yet
 * @throws        InputError where the file isn't a JSON object, or may not be read
 */
export async function readReport(outputs: string): Promise<Partial<Report>> {
  return (await readJsonIfThere<Partial<Report>>(join(outputs, 'report.json'), 'the report of a run')) ?? {};
}

// What depends on the trained model, as opposed to the photos.
const RESULTS = ['recipe', 'validation', 'test', 'testedAt', 'secondOpinion', 'nearestMean', 'epochs'] as const;
const RESULT_PLOTS = ['training.png', 'accuracy.png', 'confusion.png', 'confidence.png'];

/**
 * Takes away what an older training has left, so that its figures never stand beside a newer model. The model itself
 * stays until a better one replaces it.
 * @param outputs folder of the run
 * @throws        what `readReport` throws
 */
export async function forgetResults(outputs: string): Promise<void> {
  const report = await readReport(outputs);
  for (const result of RESULTS) delete report[result];
  if (Object.keys(report).length > 0) await writeJson(join(outputs, 'report.json'), report);
  else await rm(join(outputs, 'report.json'), { force: true });
  for (const plot of RESULT_PLOTS) await rm(join(outputs, 'plots', plot), { force: true });
}

/**
 * Adds or replaces parts of the report.
 * @param outputs folder of the run
 * @param part    the parts to set; others stay as they are
 * @throws        what `readReport` throws
 */
export async function updateReport(outputs: string, part: Partial<Report>): Promise<void> {
  const tested = part.test && { testedAt: new Date().toISOString() };
  await writeJson(join(outputs, 'report.json'), { ...(await readReport(outputs)), ...part, ...tested });
}
