/** npm run bench -- --profile: where the time of one epoch goes, stored features and all. */

import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { features, photos, tf } from 'celeba-lab';
import type { dataset } from 'celeba-lab';
import { buildNetwork, compileTail } from './our-side/network';
import { datasetPhotos, writePhotoFolders } from './photo-folders';
import type { BenchPlan } from './plan';
import { withScratch } from './scratch';

/** Milliseconds by kind of work. */
export interface Profile {
  photos: number;
  /** Per photo, without a network, photos in flight as in a run. */
  decodeMsPerPhoto: number;
  /** Per photo, once for all epochs: frozen layers, decoding meanwhile, storing. */
  extractMsPerPhoto: number;
  /** Of one epoch; they add up to its time. */
  epoch: Record<'transfer' | 'forward' | 'backward' | 'optimizer' | 'validation' | 'idle' | 'javascript', number>;
}

interface Backend {
  getInputTensorIds: (tensors: tf.Tensor[]) => number[];
  executeSingleOutput: (name: string, ...rest: unknown[]) => tf.Tensor;
  executeMultipleOutputs: (name: string, ...rest: unknown[]) => tf.Tensor[];
}

type Kind = 'transfer' | 'forward' | 'backward' | 'optimizer';

/** Profiles training on the photos of DATASET, or of the sample set. */
export async function profileEpoch(plan: BenchPlan, onPhase: (phase: string) => void): Promise<Profile> {
  return withScratch('celeba-bench-', (scratch) => profileIn(scratch, plan, onPhase));
}

async function profileIn(scratch: string, plan: BenchPlan, onPhase: (phase: string) => void): Promise<Profile> {
  const given = await writePhotoFolders(scratch, process.env, plan);
  const flow = { batchSize: plan.batchSize, classCount: given.classNames.length };
  const train = datasetPhotos(given.train, 'train');
  const count = train.length + given.validation.length;
  onPhase('decoding');
  const decodeMs = await timed(() => drain(photos.photoBatches(train, { ...flow, format: photos.ARTICLE_FORMAT })));
  onPhase('frozen features');
  const network = await buildNetwork(flow.classCount);
  const store = await features.FeatureStore.open(join(scratch, 'features'), network.trunk, photos.ARTICLE_FORMAT);
  const all = [...train, ...datasetPhotos(given.validation, 'validation')];
  let stored: features.StoredPhoto[] = [];
  const extractMs = await timed(async () => {
    stored = await features.extractFeatures(network.trunk, store, all, photos.ARTICLE_FORMAT);
  });
  onPhase('epochs');
  const batches = (part: dataset.Part) =>
    features.featureBatches(
      store,
      stored.filter((one) => one.part === part),
      flow,
    );
  const epoch = await profileTail(compileTail(network), batches('train'), batches('validation'));
  return { photos: count, decodeMsPerPhoto: decodeMs / train.length, extractMsPerPhoto: extractMs / count, epoch };
}

/** Two epochs, of which the second is looked at: the first makes buffers. */
async function profileTail(
  tail: tf.LayersModel,
  train: tf.data.Dataset<features.FeatureBatch>,
  validationData: tf.data.Dataset<features.FeatureBatch>,
): Promise<Profile['epoch']> {
  const clock = watchOperations();
  let [began, trained, validated] = [0, 0, 0];
  let idleBefore = performance.eventLoopUtilization();
  let idle = 0;
  const callbacks = new tf.CustomCallback({
    onEpochBegin: async () => {
      clock.reset();
      began = performance.now();
      idleBefore = performance.eventLoopUtilization();
    },
    onBatchEnd: async () => {
      trained = performance.now();
      idle = performance.eventLoopUtilization(idleBefore).idle;
      clock.mark();
    },
    onEpochEnd: async () => void (validated = performance.now()),
  });
  await tail.fitDataset(train, { epochs: 2, verbose: 0, validationData, callbacks });
  clock.stop();
  const operations = clock.marked;
  const known = idle + Object.values(operations).reduce((sum, ms) => sum + ms, 0);
  return { ...operations, validation: validated - trained, idle, javascript: Math.max(0, trained - began - known) };
}

/** Adds up what each of TensorFlow's operations takes, by kind. */
function watchOperations() {
  const backend = tf.backend() as unknown as Backend;
  const original = { ...pick(backend) };
  const zero = (): Record<Kind, number> => ({ transfer: 0, forward: 0, backward: 0, optimizer: 0 });
  const clock = { sums: zero(), marked: zero() };
  const time = <T>(kind: Kind, work: () => T): T => {
    const [start, inside] = [performance.now(), clock.sums.transfer];
    const result = work();
    // Arrays become TensorFlow's tensors within the first operation that needs them.
    clock.sums[kind] += performance.now() - start - (kind === 'transfer' ? 0 : clock.sums.transfer - inside);
    return result;
  };
  backend.getInputTensorIds = (tensors) => time('transfer', () => original.getInputTensorIds.call(backend, tensors));
  backend.executeSingleOutput = (name, ...rest) =>
    time(kindOf(name), () => original.executeSingleOutput.call(backend, name, ...rest));
  backend.executeMultipleOutputs = (name, ...rest) =>
    time(kindOf(name), () => original.executeMultipleOutputs.call(backend, name, ...rest));
  return {
    reset: () => void (clock.sums = zero()),
    mark: () => void (clock.marked = { ...clock.sums }),
    stop: () => void Object.assign(backend, original),
    get marked() {
      return clock.marked;
    },
  };
}

function pick({ getInputTensorIds, executeSingleOutput, executeMultipleOutputs }: Backend): Backend {
  return { getInputTensorIds, executeSingleOutput, executeMultipleOutputs };
}

/** By name: element-wise operations of the backward pass count as forward; they are few. */
function kindOf(operation: string): Kind {
  if (/Variable|ResourceApply/.test(operation)) return 'optimizer';
  return /Backprop|Grad/.test(operation) ? 'backward' : 'forward';
}

async function drain(batches: tf.data.Dataset<photos.PhotoBatch>): Promise<void> {
  await batches.forEachAsync(({ xs, ys }) => tf.dispose([xs, ys]));
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
