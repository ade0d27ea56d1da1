/** What a linear classifier says of a face's descriptor, beside the network's own outputs. */

import { InputError } from '../errors';
import type { SecondOpinion } from '../model/classifier-description';
import type { tf } from '../tensorflow/load';

/** Weights [length of a descriptor][classes] and biases [classes]. */
export type LinearClassifier = Pick<SecondOpinion, 'weights' | 'biases'>;

/**
 * The numbers of a trained linear classifier.
 * @param model a Sequential of one Dense layer
 * @returns     its weights and biases, which it keeps, too
 * @throws      InputError where the model is another
 */
export async function linearOf(model: tf.LayersModel): Promise<LinearClassifier> {
  const [kernel, bias, ...others] = model.getWeights();
  if (model.layers.length !== 1 || others.length > 0 || kernel?.rank !== 2 || bias?.rank !== 1)
    throw new InputError({
      where: 'linearOf',
      found: `a model of ${model.layers.length} layers and ${model.getWeights().length} weights`,
      expected: 'one Dense layer with a bias',
      remedy: 'Give a tf.sequential whose only layer is tf.layers.dense',
    });
  return { weights: (await kernel.array()) as number[][], biases: (await bias.array()) as number[] };
}

/**
 * Logits of a descriptor.
 * @param descriptor 128 numbers, as `describeFaces` gives them
 * @returns          by class index
 */
export function opinionOn(descriptor: readonly number[], { weights, biases }: LinearClassifier): number[] {
  return biases.map((bias, k) => descriptor.reduce((sum, value, i) => sum + value * weights[i][k], bias));
}
