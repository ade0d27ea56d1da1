/** A small training with all callbacks whose result depends on everything that must survive a crash. */

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { callbacks, features, model, photos, random, runState, tf, training, type dataset } from 'celeba-lab';

/** What a whole training came to, bit for bit. */
export interface Result {
  weights: string;
  optimizer: string;
  history: Record<string, number[]>;
  /** Rows of the log without timings. */
  rows: callbacks.EpochRow[];
  /** Checksum of the saved model's weights.bin. */
  saved: string;
  bestEpoch: number | undefined;
}

/** Settings of the training. */
export interface TrainingOptions {
  outputs: string;
  epochs: number;
  resume?: boolean;
  seed?: number;
  /** Checksum of the photos, among the facts; default none. */
  photos?: string;
  patience?: number;
  onNew?: () => Promise<void>;
  print?: callbacks.Print;
  /** Made anew for the network that is trained; default plain Adam. */
  optimizer?: (network: tf.Sequential) => tf.Optimizer;
  /** More callbacks, before those that save. */
  extra?: tf.Callback[];
  /** More callbacks, behind all others. */
  late?: tf.Callback[];
  /** Calls of fit, with the same network and callbacks, as when a notebook's cell is run again; only the last may fail; default 1. */
  fits?: number;
  /** Whether what follows training is said to be done; default true. */
  done?: boolean;
  /** What happens between training and that; default nothing. */
  beforeDone?: () => Promise<void>;
}

const SHAPE = [4, 4, 6];
const BATCH = 4;
const [TRAIN_COUNT, VALIDATION_COUNT] = [14, 6];

/** Batches in an epoch. */
export const STEPS_PER_EPOCH = Math.ceil(TRAIN_COUNT / BATCH);

/** Random features of made-up photos, in a real store. */
async function storedPhotos(outputs: string) {
  const input = tf.layers.inputLayer({ inputShape: SHAPE });
  const trunk = tf.sequential({ layers: [input, tf.layers.activation({ activation: 'linear' })] });
  const store = await features.FeatureStore.open(join(outputs, 'features'), trunk, photos.ARTICLE_FORMAT);
  const draw = random.seededRandom(7);
  const size = SHAPE.reduce((product, side) => product * side, 1);
  const stored = Array.from({ length: TRAIN_COUNT + VALIDATION_COUNT }, (_, i) => {
    const part: dataset.Part = i < TRAIN_COUNT ? 'train' : 'validation';
    const sha256 = createHash('sha256').update(`${i}`).digest('hex');
    return { file: `/${i}.jpg`, name: `${i}.jpg`, label: i % 2, part, sha256 };
  });
  const entries = stored.map(({ sha256, label }) => ({
    photo: sha256,
    features: Float32Array.from({ length: size }, () => Math.max(0, draw() - 0.5 + 0.2 * label)),
  }));
  if (store.size === 0) await store.add(entries);
  trunk.dispose();
  return { store, stored };
}

/** Convolution, dense, batch normalization, dense: the article's head on a small tail. */
function build({ seed = 1, optimizer = () => tf.train.adam(0.01) }: TrainingOptions): tf.Sequential {
  const kernelInitializer = tf.initializers.glorotUniform({ seed });
  const network = tf.sequential({
    layers: [
      tf.layers.conv2d({ filters: 8, kernelSize: 3, inputShape: SHAPE, activation: 'relu', kernelInitializer }),
      tf.layers.globalAveragePooling2d({}),
      tf.layers.dense({ units: 8, activation: 'relu', kernelInitializer }),
      tf.layers.batchNormalization({ momentum: 0.9 }),
      tf.layers.dense({ units: 2, activation: 'sigmoid', kernelInitializer }),
    ],
  });
  network.compile({ optimizer: optimizer(network), loss: 'binaryCrossentropy', metrics: ['accuracy'] });
  return network;
}

/** Makes an optimizer with a rate for the head and one for the convolution; its schedule is put `among` the callbacks. */
export function layeredRates([headRate, convolutionRate]: number[], among: tf.Callback[]) {
  return ({ layers: [convolution, , ...head] }: tf.Sequential): tf.Optimizer => {
    const optimizer = new training.LayeredAdam([
      { layers: head, learningRate: headRate },
      { layers: [convolution], learningRate: convolutionRate },
    ]);
    const schedule = (step: number) => training.warmupCosine(step, { steps: 30 });
    among.push(new training.ScheduleLearningRate({ optimizer, schedule, stepsPerEpoch: STEPS_PER_EPOCH }));
    return optimizer;
  };
}

/** Runs the training, continuing an unfinished one in `outputs`, to its end. */
export async function trainResumably(options: TrainingOptions): Promise<Result> {
  const {
    outputs,
    epochs,
    resume,
    seed = 1,
    patience = 100,
    onNew,
    print = () => undefined,
    extra = [],
    late = [],
    fits = 1,
    done = true,
  } = options;
  const network = build(options);
  const { store, stored } = await storedPhotos(outputs);
  const facts = { SEED: seed, EPOCHS: epochs, photos: options.photos };
  const run = await callbacks.resumable({ outputs, model: network, facts, resume, onNew, print });
  const part = (name: dataset.Part, shuffleSeed?: number, firstEpoch = run.initialEpoch) =>
    features.featureBatches(
      store,
      stored.filter((photo) => photo.part === name),
      { batchSize: BATCH, classCount: 2, firstEpoch, shuffleSeed },
    );
  const monitor = { monitor: 'val_loss', mode: 'min' } as const;
  const description = { classNames: ['a', 'b'], format: photos.ARTICLE_FORMAT, attribute: 'x', datasetName: 'y' };
  const save = () =>
    model.saveClassifier(join(outputs, 'model'), network, { ...description, drawn: false, head: 'sigmoid' });
  const checkpoint = new callbacks.ModelCheckpoint({ ...monitor, path: 'model', saveBestOnly: true, save });
  const list = [
    ...extra,
    new callbacks.SettleBatchNorm({
      batches: (epoch) => part('train', seed, epoch),
      stepsPerEpoch: STEPS_PER_EPOCH,
      batchCount: 3,
    }),
    new callbacks.TrainingLog({ file: join(outputs, 'training', 'log.jsonl') }),
    checkpoint,
    new callbacks.EarlyStopping({ ...monitor, patience, restoreBestWeights: true }),
    ...late,
  ];
  const fit = () =>
    callbacks.interruptible(
      (interrupt) =>
        network.fitDataset(part('train', seed), {
          epochs,
          initialEpoch: run.initialEpoch,
          verbose: 0,
          validationData: interrupt.watch(part('validation')),
          callbacks: run.callbacks([interrupt, ...list]),
        }),
      { print },
    );
  for (let call = 1; call < fits; call++) await fit().catch(() => undefined);
  const history = await fit();
  await options.beforeDone?.();
  if (done) await run.done();
  const { arrays = [] } = await runState.optimizerState(network.optimizer);
  return {
    weights: digest(network.getWeights().map((weight) => weight.dataSync<'float32'>())),
    optimizer: digest(arrays),
    history: history.history as Record<string, number[]>,
    rows: await callbacks.readTrainingLog(join(outputs, 'training', 'log.jsonl')),
    saved: createHash('sha256')
      .update(await readFile(join(outputs, 'model', 'weights.bin')))
      .digest('hex'),
    bestEpoch: checkpoint.bestEpoch,
  };
}

function digest(values: Float32Array[]): string {
  const hash = createHash('sha256');
  for (const { buffer, byteOffset, byteLength } of values) hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  return hash.digest('hex');
}
