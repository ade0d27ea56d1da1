/** A dense model and data of a few numbers, and validation losses by script: trainings that take milliseconds. */

import { tf } from 'celeba-lab';

/** Photos of three numbers in two classes, in batches of four. */
export function tinyBatches(batchCount: number): tf.data.Dataset<tf.TensorContainer> {
  return tf.data.generator(function* () {
    for (let batch = 0; batch < batchCount; batch++) {
      yield tf.tidy(() => ({
        xs: tf.randomNormal([4, 3], 0, 1, 'float32', batch + 1),
        ys: tf.oneHot(tf.tensor1d([0, 1, 0, 1], 'int32'), 2).toFloat(),
      }));
    }
  } as () => Generator<tf.TensorContainer>);
}

/** A compiled model with batch normalization, whose moving averages are weights that don't train. */
export function tinyModel(): tf.Sequential {
  const kernelInitializer = tf.initializers.glorotUniform({ seed: 1 });
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units: 4, inputShape: [3], kernelInitializer }),
      tf.layers.batchNormalization(),
      tf.layers.dense({ units: 2, activation: 'sigmoid', kernelInitializer }),
    ],
  });
  model.compile({ optimizer: 'adam', loss: 'binaryCrossentropy', metrics: ['accuracy', 'categoricalAccuracy'] });
  return model;
}

/** Trains for as many epochs as there are scripted validation losses. */
export async function trainScripted(
  validationLosses: number[],
  callbacks: tf.Callback[],
  model = tinyModel(),
): Promise<tf.History> {
  return model.fitDataset(tinyBatches(2), {
    epochs: validationLosses.length,
    verbose: 0,
    validationData: tinyBatches(1),
    callbacks: [new ScriptedLoss(validationLosses), ...callbacks],
  });
}

/** Weights as plain numbers. */
export function weightsOf(model: tf.LayersModel): number[][] {
  return model.getWeights().map((weight) => Array.from(weight.dataSync()));
}

/** Notes the weights at the end of each epoch. */
export class Snapshots extends tf.Callback {
  readonly ends: number[][][] = [];

  override async onEpochEnd(): Promise<void> {
    this.ends.push(weightsOf(this.model));
  }
}

/** One layer with a rate far too high: its loss grows from batch to batch. */
export function explodingModel(): tf.Sequential {
  const linear = tf.sequential({
    layers: [tf.layers.dense({ units: 2, inputShape: [3], kernelInitializer: 'zeros' })],
  });
  linear.compile({ optimizer: tf.train.sgd(1.2), loss: 'meanSquaredError' });
  return linear;
}

class ScriptedLoss extends tf.Callback {
  constructor(private readonly losses: number[]) {
    super();
  }

  override async onEpochEnd(epoch: number, logs: Record<string, number | tf.Scalar> = {}): Promise<void> {
    // An epoch that was cut short is not validated.
    if (!('val_loss' in logs)) return;
    (logs.val_loss as tf.Scalar).dispose();
    logs.val_loss = this.losses[epoch];
  }
}
