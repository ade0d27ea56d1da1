/** A compiled model's weights and its optimizer's memory, read out and put back bit for bit. */

import { tf } from '../tensorflow/load';
import { setLearningRate } from '../tensorflow/optimizer-rate';
import { isStateful, type PartState } from './part-state';

/** The fields of tfjs's optimizers that its public type hides. */
interface OptimizerFields {
  learningRate?: number;
  /** Adam: products of beta 1 and beta 2 so far. Its own setWeights computes them as a power, which rounds otherwise. */
  accBeta1?: tf.Variable;
  accBeta2?: tf.Variable;
}

interface OptimizerValues {
  learningRate?: number;
  iterations: number;
  names: string[];
  shapes: number[][];
  powers: number[];
}

/** All weights of a model, trainable or not: batch normalization's averages are among them. */
export async function weightsState(model: tf.LayersModel): Promise<PartState> {
  return { arrays: await Promise.all(model.getWeights().map((weight) => weight.data<'float32'>())) };
}

/** Puts weights back into a model of the same layers. */
export function loadWeights(model: tf.LayersModel, { arrays = [] }: PartState): void {
  tf.tidy(() => model.setWeights(model.getWeights().map(({ shape }, i) => tf.tensor(arrays[i], shape))));
}

/**
 * Remembers a compiled model as it is now.
 * @returns puts its weights and its optimizer's memory back
 */
export async function startingPoint(model: tf.LayersModel): Promise<() => Promise<void>> {
  const copied = ({ values, arrays = [] }: PartState): PartState => ({ values, arrays: arrays.map((a) => a.slice()) });
  const weights = copied(await weightsState(model));
  const optimizer = copied(await optimizerState(model.optimizer));
  return async () => {
    loadWeights(model, weights);
    await loadOptimizer(model.optimizer, optimizer);
  };
}

/** The optimizer's iterations, learning rate and moving averages; one that is stateful itself is asked for them. */
export async function optimizerState(optimizer: tf.Optimizer): Promise<PartState> {
  if (isStateful(optimizer)) return optimizer.saveState();
  const fields = optimizer as unknown as OptimizerFields;
  const [iterations, ...weights] = await optimizer.getWeights();
  const values: OptimizerValues = {
    learningRate: fields.learningRate,
    iterations: (await iterations.tensor.data())[0],
    names: weights.map(({ name }) => name),
    shapes: weights.map(({ tensor }) => tensor.shape),
    powers: await Promise.all(powersOf(fields).map(async (power) => (await power.data())[0])),
  };
  iterations.tensor.dispose();
  const arrays = await Promise.all(weights.map(({ tensor }) => tensor.data<'float32'>()));
  return { values: { ...values }, arrays };
}

/** Puts an optimizer's memory back; what it held before is disposed of. */
export async function loadOptimizer(optimizer: tf.Optimizer, state: PartState): Promise<void> {
  if (isStateful(optimizer)) return optimizer.loadState(state);
  const { values, arrays = [] } = state;
  const { learningRate, iterations, names, shapes, powers } = values as unknown as OptimizerValues;
  const fields = optimizer as unknown as OptimizerFields;
  const before = await optimizer.getWeights();
  const tensors = shapes.map((shape, i) => ({ name: names[i], tensor: tf.tensor(arrays[i], shape) }));
  const counter = { name: 'iter', tensor: tf.scalar(iterations, 'int32') };
  await optimizer.setWeights([counter, ...tensors]);
  tf.dispose([counter, ...tensors, ...before].map(({ tensor }) => tensor));
  powersOf(fields).forEach((power, i) => tf.tidy(() => power.assign(tf.scalar(powers[i]))));
  if (learningRate !== undefined) setLearningRate(optimizer, learningRate);
}

function powersOf({ accBeta1, accBeta2 }: OptimizerFields): tf.Variable[] {
  return accBeta1 && accBeta2 ? [accBeta1, accBeta2] : [];
}

/** What makes a compiled model another one: kinds of layers, shapes of inputs and weights, optimizer and loss. */
export function modelFacts(model: tf.LayersModel): Record<string, unknown> {
  const weights = model.getWeights().map(({ shape }) => shape.join('x'));
  return {
    layers: model.layers.map((layer) => layer.getClassName()).join(', '),
    // Convolutions and a mean over places have the same weights for photos of any shape.
    inputs: model.inputs.map(({ shape }) => shape.slice(1).join('x')).join(', '),
    weights: weights.join(', '),
    trainable: model.trainableWeights.length,
    optimizer: { name: model.optimizer.getClassName(), ...model.optimizer.getConfig() },
    loss: typeof model.loss === 'string' ? model.loss : undefined,
  };
}
