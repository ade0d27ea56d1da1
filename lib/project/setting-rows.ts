/** The settings of a run as a table: what each is, and how to change it. */

import type { Settings } from './settings';
import { shownPath } from './shown-path';

/** One line of the table. */
export interface SettingRow {
  /** The environment variable that sets it. */
  variable: string;
  /** Its value in this run. */
  value: string | number;
  /** What it does, in a few words. */
  meaning: string;
}

/**
 * The settings as rows for a table.
 * @param settings what `readSettings` returned
 * @param variables which to show, in this order; default all
 * @example settingRows(readSettings({}), ['BATCH']) // [{ variable: 'BATCH', value: 12, meaning: 'photos in one step' }]
 */
export function settingRows(settings: Settings, variables?: string[]): SettingRow[] {
  const rows: SettingRow[] = [
    { variable: 'DATASET', value: datasetName(settings), meaning: 'folder of the photos' },
    { variable: 'ATTRIBUTE', value: settings.attribute, meaning: 'what is learned, for a CelebA folder' },
    {
      variable: 'SPLIT',
      value: settings.split,
      meaning: "the data set's own (official), the article's, or a random one",
    },
    { variable: 'TRAIN', value: settings.train, meaning: 'training photos at most' },
    { variable: 'VALID', value: settings.validation, meaning: 'validation photos at most' },
    { variable: 'TEST', value: settings.test, meaning: 'test photos at most, as evenly over the classes as there are' },
    { variable: 'BATCH', value: settings.batchSize, meaning: 'photos in one step' },
    { variable: 'EPOCHS', value: settings.epochs, meaning: 'epochs at most' },
    { variable: 'RECIPE', value: settings.recipe, meaning: "notebook 3's: scaled to the number of steps, or article" },
    { variable: 'HEAD', value: settings.head, meaning: 'sigmoid (the article), or softmax (its first version)' },
    { variable: 'SHAPE', value: settings.shape, meaning: 'article: 178 high, 218 wide; true: 218 high, 178 wide' },
    {
      variable: 'PRECISION',
      value: settings.precision,
      meaning: 'bfloat16: stored features about 1 % off, for CPUs that compute in it',
    },
    { variable: 'FROZEN', value: settings.frozen, meaning: 'train on stored features, or run the whole network' },
    { variable: 'SEED', value: settings.seed, meaning: 'fixes initial weights, order and choice of photos' },
    {
      variable: 'RESUME',
      value: settings.resume ? 1 : 0,
      meaning: 'continue an unfinished training, or (0) begin anew',
    },
    { variable: 'PHOTOS', value: shownPath(settings.ownPhotos), meaning: 'folder of your own photos' },
    { variable: 'OUTPUTS', value: shownPath(settings.outputs), meaning: 'where results are written' },
  ];
  if (variables === undefined) return rows;
  return variables.flatMap((variable) => rows.filter((row) => row.variable === variable));
}

/**
 * Settings by the name of their variable, for the facts that an unfinished training is compared by.
 * @param settings  what `readSettings` returned
 * @param variables which of them
 * @example settingFacts(readSettings({}), ['BATCH', 'SEED']) // { BATCH: 12, SEED: 1 }
 */
export function settingFacts(settings: Settings, variables: string[]): Record<string, string | number> {
  return Object.fromEntries(settingRows(settings, variables).map(({ variable, value }) => [variable, value]));
}

function datasetName(settings: Settings): string {
  return settings.dataset === undefined ? 'sample set (drawings)' : shownPath(settings.dataset);
}
