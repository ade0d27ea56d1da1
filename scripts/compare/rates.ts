/** The learning-rate finder's choice beside fixed rates, each trained by the improved recipe from the same first weights. */

import type { Dataset } from 'celeba-lab/dist/dataset';
import { viewBatches } from 'celeba-lab/dist/features';
import type { Settings } from 'celeba-lab/dist/project';
import { findLearningRate, type ImprovedRecipe } from 'celeba-lab/dist/training';
import { compileImproved, fitImproved } from './fit-recipe';
import { disposeFit, prepareFit } from './train-run';

/** One rate, and what training with it came to. */
export interface RateRow {
  /** Of the head; the convolutions' is in the recipe's ratio to it. */
  learningRate: number;
  /** Whether the finder chose it. */
  found: boolean;
  /** After the last epoch. */
  val_loss: number;
  val_accuracy: number;
}

/** Rates half a decade apart around the recipe's. */
export const FIXED_RATES = [1e-4, 3e-4, 1e-3, 3e-3, 1e-2] as const;

/**
 * Finds a rate as notebook 6 does, then trains with it and with each of the fixed rates.
 * @param data     the photos of this run, all readable; test photos aren't looked at
 * @param settings batch size, head, epochs, precision, seed, outputs
 * @param rows     those of an earlier call with the same photos and settings, which aren't trained again
 * @param print    receives a line at each epoch
 * @param onRow    told each new row when it is there
 */
export async function compareRates(
  data: Dataset,
  settings: Settings,
  rows: readonly RateRow[],
  print: (line: string) => void,
  onRow: (row: RateRow) => Promise<void>,
): Promise<void> {
  const found = rows.find((row) => row.found)?.learningRate ?? (await findRate(data, settings));
  for (const learningRate of [found, ...FIXED_RATES]) {
    if (rows.some((row) => row.learningRate === learningRate)) continue;
    print(`learning rate ${learningRate.toPrecision(2)}${learningRate === found ? ', found' : ''}`);
    const { fit, improved } = await prepareImproved(data, settings, print);
    const { epochs } = await fitImproved(fit, withRate(improved, learningRate));
    const { val_loss, val_accuracy } = epochs[epochs.length - 1];
    await onRow({ learningRate, found: learningRate === found, val_loss, val_accuracy });
    disposeFit(fit);
  }
}

async function findRate(data: Dataset, settings: Settings): Promise<number> {
  const { fit, improved } = await prepareImproved(data, settings, () => undefined);
  compileImproved(fit, improved);
  const options = { batchSize: settings.batchSize, classCount: data.classNames.length, shuffleSeed: settings.seed };
  const range = { from: 1e-5, to: 0.3, steps: improved.views ? 80 : 20 };
  const { suggestion } = await findLearningRate(fit.tail, viewBatches(fit.seen, options), range);
  disposeFit(fit);
  return suggestion;
}

async function prepareImproved(data: Dataset, settings: Settings, print: (line: string) => void) {
  const { fit, improved } = await prepareFit('improved', settings.seed, data, settings, print);
  return { fit, improved: improved as ImprovedRecipe };
}

function withRate(recipe: ImprovedRecipe, rate: number): ImprovedRecipe {
  const { headLearningRate, convolutionLearningRate } = recipe;
  const ratio = convolutionLearningRate / headLearningRate;
  return { ...recipe, headLearningRate: rate, convolutionLearningRate: rate * ratio };
}
