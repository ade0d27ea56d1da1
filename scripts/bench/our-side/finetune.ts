/** Fine-tuning as notebook 3 does it: frozen features computed once and stored, then epochs from the store. */

import { join } from 'node:path';
import { features, photos, tf } from 'celeba-lab';
import type { dataset } from 'celeba-lab';
import type { FinetuneTurn, TaskOf } from '../messages';
import { datasetPhotos } from '../photo-folders';
import { pause, Stopwatch } from '../turns';
import { compileTail, type Network } from './network';

type Extracted = NonNullable<FinetuneTurn['extracted']>;

/** Extracts features and trains on them, in turns. */
export async function finetune(
  network: Network,
  { plan, photos: given, scratch }: TaskOf<string>,
): Promise<FinetuneTurn> {
  const format = photos.ARTICLE_FORMAT;
  const store = await features.FeatureStore.open(join(scratch, 'features'), network.trunk, format);
  const all = [...datasetPhotos(given.train, 'train'), ...datasetPhotos(given.validation, 'validation')];
  const { stored, extracted } = await extractInTurns(network, store, all, plan.stepsPerTurn);
  const flow = { batchSize: plan.batchSize, classCount: given.classNames.length };
  const train = stored.filter(({ part }) => part === 'train');
  const validation = stored.filter(({ part }) => part === 'validation');
  const timer = new StepTimer(plan.stepsPerTurn, Math.ceil(validation.length / plan.batchSize), extracted);
  await compileTail(network).fitDataset(features.featureBatches(store, train, { ...flow, shuffleSeed: 1 }), {
    epochs: plan.epochs,
    verbose: 0,
    validationData: features.featureBatches(store, validation, flow),
    callbacks: timer,
  });
  return timer.rest();
}

async function extractInTurns(
  { trunk }: Network,
  store: features.FeatureStore,
  all: dataset.Photo[],
  batchesPerTurn: number,
): Promise<{ stored: features.StoredPhoto[]; extracted: Extracted }> {
  const watch = new Stopwatch();
  let [before, extracted]: [number, Extracted] = [0, []];
  const stored = await features.extractFeatures(trunk, store, all, photos.ARTICLE_FORMAT, {
    onProgress: async (done) => {
      extracted.push({ photos: done - before, ms: watch.lap() });
      before = done;
      if (extracted.length < batchesPerTurn) return;
      await pause({ extracted });
      extracted = [];
      watch.start();
    },
  });
  return { stored, extracted };
}

/** Times steps from end to end, and gives the other side its turn after some. */
class StepTimer extends tf.CustomCallback {
  private readonly watch = new Stopwatch();
  private turn: Required<Omit<FinetuneTurn, 'stalled'>>;

  /** @param extracted what was measured just before, to be told with the first turn */
  constructor(stepsPerTurn: number, validationSteps: number, extracted: Extracted) {
    super({
      onBatchEnd: async () => {
        this.turn.train.push(this.watch.lap());
        if (this.turn.train.length < stepsPerTurn) return;
        await pause(this.rest());
        this.watch.start();
      },
      onEpochEnd: async () => {
        // TensorFlow.js tells of validation only when it is over.
        const ms = this.watch.lap() / validationSteps;
        this.turn.validation.push(...new Array<number>(validationSteps).fill(ms));
      },
    });
    this.turn = { train: [], validation: [], extracted };
  }

  rest(): FinetuneTurn {
    const { turn } = this;
    this.turn = { train: [], validation: [], extracted: [] };
    return turn;
  }
}
