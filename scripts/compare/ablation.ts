/** An ablation: the improved recipe whole, and with one of its parts left out at a time, judged by the validation photos. */

import type { Dataset, Photo } from 'celeba-lab/dist/dataset';
import { featureBatches, type SeenPhotos } from 'celeba-lab/dist/features';
import { spreadViews } from 'celeba-lab/dist/photos';
import type { Settings } from 'celeba-lab/dist/project';
import type { tf } from 'celeba-lab/dist/tensorflow/load';
import type { ImprovedRecipe } from 'celeba-lab/dist/training';
import { fitImproved, type Fit } from './fit-recipe';
import { disposeFit, prepareFit, type Prepared } from './train-run';

/** What training without a part came to, after the last epoch. */
export interface AblationRow {
  /** The part that was left out; `nothing` for the whole recipe. */
  without: string;
  val_loss: number;
  val_accuracy: number;
  /** Validation photos answered wrongly. */
  wrong: number;
  /** The same of their views made worse, as many of each photo as the recipe shows in training; missing where it shows none. */
  worse?: { photos: number; wrong: number };
}

const WITHOUT: Record<string, (recipe: ImprovedRecipe) => Partial<ImprovedRecipe>> = {
  nothing: () => ({}),
  'clipped gradients': () => ({ clipNorm: undefined }),
  'views made worse': () => ({ degradedViews: 0 }),
  'two views an epoch': () => ({ viewsPerEpoch: 1 }),
  'a lower rate for the convolutions': ({ headLearningRate }) => ({ convolutionLearningRate: headLearningRate }),
  'label smoothing': () => ({ labelSmoothing: 0 }),
  'averaged weights': () => ({ averageDecay: 0 }),
  'batch-norm averages computed anew': () => ({ settleBatches: 0 }),
};

/**
 * Trains by the improved recipe whole, then once for each of its parts, without that part.
 * @param whole    its numbers
 * @param data     the photos of this run, all readable; test photos aren't looked at
 * @param settings batch size, head, epochs, precision, seed, outputs
 * @param rows     those of an earlier call with the same photos and settings, which aren't trained again
 * @param print    receives a line at each epoch
 * @param onRow    told each new row when it is there
 */
export async function ablate(
  whole: ImprovedRecipe,
  data: Dataset,
  settings: Settings,
  rows: readonly AblationRow[],
  print: (line: string) => void,
  onRow: (row: AblationRow) => Promise<void>,
): Promise<void> {
  for (const [without, change] of Object.entries(WITHOUT)) {
    const recipe = { ...whole, ...change(whole) };
    // A part that the recipe for so few or so many photos doesn't have.
    if (without !== 'nothing' && JSON.stringify(recipe) === JSON.stringify(whole)) continue;
    if (rows.some((row) => row.without === without)) continue;
    print(`improved, without ${without}`);
    const prepared = await prepareFit(recipe, settings.seed, data, settings, print);
    const { epochs } = await fitImproved(prepared.fit, recipe);
    const { val_loss, val_accuracy } = epochs[epochs.length - 1];
    const wrong = Math.round((1 - val_accuracy) * prepared.fit.validation.photos.length);
    const worse = whole.degradedViews > 0 ? await judgeWorse(prepared, whole.degradedViews) : undefined;
    disposeFit(prepared.fit);
    await onRow({ without, val_loss, val_accuracy, wrong, worse });
  }
}

/** The validation photos in views made worse, each in some of them, in turn. */
async function judgeWorse({ fit, see }: Prepared, each: number): Promise<AblationRow['worse']> {
  const made = { photos: 0, wrong: 0 };
  const plans = spreadViews<Photo>(fit.validation.photos, each).filter(({ view }) => view.degradation !== undefined);
  for (const { view, photos } of plans) {
    made.photos += photos.length;
    made.wrong += await countWrong(fit, await see(view, photos));
  }
  return made;
}

async function countWrong({ tail, data, settings }: Fit, { store, photos }: SeenPhotos): Promise<number> {
  const flow = { batchSize: settings.batchSize, classCount: data.classNames.length };
  const [loss, accuracy] = (await tail.evaluateDataset(featureBatches(store, photos, flow), {})) as tf.Scalar[];
  const [share] = await accuracy.data();
  for (const used of [loss, accuracy]) used.dispose();
  return Math.round((1 - share) * photos.length);
}
