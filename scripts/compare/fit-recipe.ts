/** The two ways of training: notebook 3's, and notebook 6's. */

import { EarlyStopping, SettleBatchNorm } from 'celeba-lab/dist/callbacks';
import { resolveLogs, type UnresolvedLogs } from 'celeba-lab/dist/callbacks/logs';
import type { Dataset } from 'celeba-lab/dist/dataset';
import type { ComparedEpoch, ComparedRun } from 'celeba-lab/dist/evaluation';
import { featureBatches, viewBatches, type SeenPhotos } from 'celeba-lab/dist/features';
import type { Settings } from 'celeba-lab/dist/project';
import { tf } from 'celeba-lab/dist/tensorflow/load';
import {
  AverageWeights,
  LayeredAdam,
  ScheduleLearningRate,
  warmupCosine,
  type ImprovedRecipe,
  type Recipe,
} from 'celeba-lab/dist/training';
import { percent } from '../percent';

/** What is trained, and on what. */
export interface Fit {
  network: tf.Sequential;
  /** The network's trainable part, on features. */
  tail: tf.LayersModel;
  /** Training photos by view. */
  seen: SeenPhotos[];
  validation: SeenPhotos;
  seed: number;
  data: Dataset;
  settings: Settings;
  print: (line: string) => void;
}

type Fitted = Pick<ComparedRun, 'epochs' | 'keptEpoch'>;

/** One learning rate for all, early stopping, and in the end the weights of the lowest validation loss. */
export async function fitArticle(fit: Fit, recipe: Recipe): Promise<Fitted> {
  const { tail, seen, settings } = fit;
  const stopping = new EarlyStopping({ monitor: 'val_loss', mode: 'min', patience: 2, restoreBestWeights: true });
  tail.compile({
    optimizer: tf.train.adam(recipe.learningRate),
    loss: lossOf(settings),
    metrics: ['categoricalAccuracy'],
  });
  const [{ store, photos }] = seen;
  const batches = featureBatches(store, photos, { ...flowOf(fit), shuffleSeed: fit.seed });
  const settle = settling(fit, recipe.settleBatches);
  const epochs = await run(fit, batches, settings.epochs, [...settle, stopping]);
  return { epochs, keptEpoch: stopping.bestEpoch ?? epochs.length };
}

/** Rates by layer that rise and fall, smoothed labels, averaged weights, several views; the last epoch is kept. */
export async function fitImproved(fit: Fit, recipe: ImprovedRecipe): Promise<Fitted> {
  const { seen, settings, seed } = fit;
  const { labelSmoothing, averageDecay, viewsPerEpoch } = recipe;
  const stepsPerEpoch = stepsOf(fit, viewsPerEpoch);
  const optimizer = compileImproved(fit, recipe);
  const epochCount = Math.min(recipe.epochs, settings.epochs);
  const steps = epochCount * stepsPerEpoch;
  const schedule = (step: number): number => warmupCosine(step, { steps, warmupShare: recipe.warmupShare });
  const batches = viewBatches(seen, { ...flowOf(fit), shuffleSeed: seed, labelSmoothing, viewsPerEpoch });
  const epochs = await run(fit, batches, epochCount, [
    new ScheduleLearningRate({ optimizer, schedule, stepsPerEpoch }),
    new AverageWeights({ stepsPerEpoch, decay: averageDecay }),
    ...settling(fit, recipe.settleBatches, viewsPerEpoch),
  ]);
  return { epochs, keptEpoch: epochs.length };
}

/**
 * Gives the trainable part its optimizer, with one rate for the head and one for the convolutions.
 * @returns that optimizer
 */
export function compileImproved({ network, tail, settings }: Fit, recipe: ImprovedRecipe): LayeredAdam {
  const [base, ...head] = network.layers;
  const groups = [
    { layers: head, learningRate: recipe.headLearningRate },
    { layers: (base as tf.LayersModel).layers.slice(-5), learningRate: recipe.convolutionLearningRate },
  ];
  const optimizer = new LayeredAdam(groups, { clipNorm: recipe.clipNorm });
  tail.compile({ optimizer, loss: lossOf(settings), metrics: ['categoricalAccuracy'] });
  return optimizer;
}

async function run(
  fit: Fit,
  batches: ReturnType<typeof viewBatches>,
  epochs: number,
  callbacks: tf.Callback[],
): Promise<ComparedEpoch[]> {
  const { tail, validation, print } = fit;
  const validationData = featureBatches(validation.store, validation.photos, flowOf(fit));
  const told = new EpochLines(print);
  await tail.fitDataset(batches, { epochs, verbose: 0, validationData, callbacks: [...callbacks, told] });
  return told.epochs;
}

/** Prints a line at the end of each epoch, and keeps its figures. */
class EpochLines extends tf.Callback {
  readonly epochs: ComparedEpoch[] = [];

  constructor(private readonly print: (line: string) => void) {
    super();
  }

  override async onEpochEnd(index: number, logs: UnresolvedLogs = {}): Promise<void> {
    const { val_loss, val_categoricalAccuracy: val_accuracy } = await resolveLogs(logs);
    const epoch = index + 1;
    this.epochs.push({ epoch, val_loss, val_accuracy });
    this.print(`  epoch ${epoch}: validation loss ${val_loss.toFixed(4)}, accuracy ${percent(val_accuracy)}`);
  }
}

function settling(fit: Fit, batchCount: number, viewsPerEpoch = 1): tf.Callback[] {
  if (batchCount === 0) return [];
  const batches = (epoch: number) =>
    viewBatches(fit.seen, { ...flowOf(fit), shuffleSeed: fit.seed, firstEpoch: epoch });
  return [new SettleBatchNorm({ batches, stepsPerEpoch: stepsOf(fit, viewsPerEpoch), batchCount })];
}

function stepsOf({ seen, settings }: Fit, viewsPerEpoch: number): number {
  return Math.ceil((viewsPerEpoch * seen[0].photos.length) / settings.batchSize);
}

function flowOf({ settings, data }: Fit): { batchSize: number; classCount: number } {
  return { batchSize: settings.batchSize, classCount: data.classNames.length };
}

function lossOf({ head }: Settings): string {
  return head === 'softmax' ? 'categoricalCrossentropy' : 'binaryCrossentropy';
}
