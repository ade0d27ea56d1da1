/** Cuts a model at its last frozen layer: a fixed trunk, and a tail that shares every trainable layer with the model. */

import { InputError } from '../errors';
import { tf } from '../tensorflow/load';

/** The two halves; `tail(trunk(photos))` computes what the model computes, with the very same weights. */
export interface TrunkAndTail {
  /** Frozen layers: photos [n, height, width, 3] to features, such as [n, 11, 13, 512]. */
  trunk: tf.LayersModel;
  /** The layers that learn: features to class outputs [n, classes]. Training it trains the model. */
  tail: tf.LayersModel;
}

/**
 * Splits a Sequential whose first layer is a frozen-then-trainable network (VGG16) and whose other layers are its head.
 * @param model sequential of [base network, ...head]; the base's first layers have `trainable = false`
 * @returns     trunk and tail; they own no weights of their own, but the tail holds the model's: dispose of the tail and the
 *              optimizer that it was compiled with, then of the model, and never of the trunk, whose weights are the model's alone
 * @throws      InputError where the base has no frozen layer, or a frozen layer above a trainable one
 * @example     const { trunk, tail } = splitFrozen(model);
 *              trunk.outputShape // [null, 11, 13, 512] for VGG16 frozen up to block4_pool, photos of 178 x 218
 */
export function splitFrozen(model: tf.Sequential): TrunkAndTail {
  const [base, ...head] = model.layers;
  if (!(base instanceof tf.LayersModel)) {
    throw new InputError({
      where: `first layer of ${model.name}`,
      found: base === undefined ? 'none' : base.getClassName(),
      expected: 'a network such as VGG16',
      remedy: 'Build the model as tf.sequential({ layers: [vgg16, ...head] })',
    });
  }
  const lastFrozen = lastFrozenIndex(base);
  // Node 0 is the base's own; sharing its layers with the tail below adds more.
  const cut = base.layers[lastFrozen].getOutputAt(0) as tf.SymbolicTensor;
  const trunk = tf.model({ inputs: base.inputs, outputs: cut, name: `${base.name}_trunk` });
  const features = tf.input({ shape: cut.shape.slice(1) });
  const tailLayers = [...base.layers.slice(lastFrozen + 1), ...head];
  const output = tailLayers.reduce((x, layer) => layer.apply(x) as tf.SymbolicTensor, features);
  return { trunk, tail: tf.model({ inputs: features, outputs: output, name: `${model.name}_tail` }) };
}

function lastFrozenIndex(base: tf.LayersModel): number {
  const trainable = base.layers.map((layer) => layer.trainable && layer.weights.length > 0);
  const firstTrainable = trainable.indexOf(true);
  const lastFrozen = base.layers.findLastIndex((layer) => !layer.trainable);
  if (lastFrozen >= 0 && (firstTrainable < 0 || lastFrozen < firstTrainable)) return lastFrozen;
  throw new InputError({
    where: `layers of ${base.name}`,
    found: lastFrozen < 0 ? 'no frozen layer' : `${base.layers[lastFrozen].name} frozen above a trainable layer`,
    expected: 'frozen layers first, trainable ones after them',
    remedy: 'Freeze from the input on: for (const layer of vgg16.layers.slice(0, -5)) layer.trainable = false',
  });
}
