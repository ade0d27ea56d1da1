/** Batch normalization's averages, computed anew at the end of each epoch, just before validation uses them. */

import { checkCount } from '../check-count';
import type { Described } from '../run-state';
import { tf } from '../tensorflow/load';
import { EpochSteps } from './epoch-steps';

type Batches<X extends tf.Tensor> = tf.data.Dataset<{ xs: X; ys: tf.Tensor } & tf.TensorContainerObject>;

/** Options of SettleBatchNorm. */
export interface SettleBatchNormOptions<X extends tf.Tensor> {
  /**
   * Training data for an epoch, counted from 0, in an order of its own. Asked for at the epoch's end: what is remembered
   * between epochs would differ where an epoch runs again.
   */
  batches: (epoch: number) => Batches<X>;
  /** Batches in an epoch; after the last one the averages are computed. */
  stepsPerEpoch: number;
  /** Batches looked at; default 40; 0 leaves the averages as they are. */
  batchCount?: number;
}

/** A BatchNormalization layer as far as this file changes it; tfjs reads `momentum` at every call. */
interface BatchNormLayer extends tf.layers.Layer {
  momentum: number;
}

// Of a layer's mean variance. In a head of 128 units on 1,405 photos, 57 to 60 were silent and the others lay above 0.01.
const LEAST_VARIANCE = 1e-4;

/**
 * While weights move, the moving averages describe a network that has already changed, and validation, which uses them,
 * jumps from epoch to epoch. This replaces them by plain averages over photos seen with the weights as they are now, variances
 * by those within batches.
 * No other weight changes; training itself never uses the averages.
 * @throws  InputError where batchCount is no whole number or, in training, an epoch has another number of batches
 * @source  averages over a pass with fixed weights: S. Ioffe, C. Szegedy, arXiv:1502.03167, algorithm 2; of variances without its
 *          factor m / (m - 1), as Keras's moving averages are
 * @example new SettleBatchNorm({ batches: (epoch) => featureBatches(store, photos, { ...flow, firstEpoch: epoch }), stepsPerEpoch: 118 })
 */
export class SettleBatchNorm<X extends tf.Tensor> extends tf.Callback implements Described {
  private readonly steps: EpochSteps;
  private readonly batchCount: number;
  private epoch = 0;

  /** Computes batch normalization's averages anew at the end of each epoch, before validation. */
  constructor(private readonly options: SettleBatchNormOptions<X>) {
    super();
    const { stepsPerEpoch, batchCount = 40 } = options;
    this.steps = new EpochSteps(stepsPerEpoch);
    checkCount('batchCount', batchCount, 0);
    this.batchCount = batchCount;
  }

  facts(): Record<string, unknown> {
    return { batchCount: this.batchCount, stepsPerEpoch: this.options.stepsPerEpoch };
  }

  override async onEpochBegin(epoch: number): Promise<void> {
    this.steps.begin();
    this.epoch = epoch;
  }

  override async onBatchEnd(batch: number): Promise<void> {
    if (!this.steps.isLast(batch) || this.model.stopTraining || this.batchCount === 0) return;
    await settleBatchNorm(this.model, this.options.batches(this.epoch), this.batchCount);
  }

  override async onEpochEnd(): Promise<void> {
    this.steps.end(this.model.stopTraining);
  }
}

/**
 * Replaces the averages of all BatchNormalization layers of a model once. A unit that hardly any of these photos activates has
 * next to no variance, and the first photo that does activate it would outweigh all else: outputs of 0 or 1, whatever the
 * photo shows. So no variance is less than a ten-thousandth of its layer's mean.
 * @param model      its own layers are meant, not those of networks nested in it
 * @param batches    training data
 * @param batchCount batches looked at, at least 1; fewer where there are fewer
 */
export async function settleBatchNorm<X extends tf.Tensor>(
  model: tf.LayersModel,
  batches: Batches<X>,
  batchCount: number,
): Promise<void> {
  const layers = model.layers.filter((layer): layer is BatchNormLayer => layer.getClassName() === 'BatchNormalization');
  const momenta = layers.map((layer) => layer.momentum);
  let seen = 0;
  try {
    await batches.take(batchCount).forEachAsync(({ xs, ys }) => {
      // Of photos seen before and in this batch, the share of those before: the moving average is then the plain one of both.
      const photos = xs.shape[0];
      for (const layer of layers) layer.momentum = seen / (seen + photos);
      try {
        tf.tidy(() => void model.apply(xs, { training: true }));
      } finally {
        tf.dispose([xs, ys]);
      }
      seen += photos;
    });
    if (seen > 0) layers.forEach(raiseVariances);
  } finally {
    layers.forEach((layer, i) => (layer.momentum = momenta[i]));
  }
}

function raiseVariances(layer: BatchNormLayer): void {
  tf.tidy(() => {
    const weights = layer.getWeights();
    // Whatever comes before it (scale, center), the moving variance is a layer's last weight.
    const variance = weights[weights.length - 1];
    layer.setWeights([...weights.slice(0, -1), variance.maximum(variance.mean().mul(LEAST_VARIANCE))]);
  });
}
