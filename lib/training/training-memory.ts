/** A copy of all that training changes in a model: its weights, and its optimizer's moments and step count. */

import { tf } from '../tensorflow/load';

/** What `rememberTraining` keeps, outside TensorFlow. */
export interface TrainingMemory {
  weights: Kept[];
  optimizer: (Kept & { name: string })[];
}

interface Kept {
  values: tf.TypedArray;
  shape: number[];
  dtype: tf.DataType;
}

/** Copies weights, batch normalization's averages and the optimizer's state. */
export async function rememberTraining(model: tf.LayersModel): Promise<TrainingMemory> {
  const state = await model.optimizer.getWeights();
  return {
    weights: await Promise.all(model.getWeights().map(keep)),
    optimizer: await Promise.all(state.map(async ({ name, tensor }) => ({ name, ...(await keep(tensor)) }))),
  };
}

/** Puts everything back; moments that have come since are disposed of. */
export async function restoreTraining(model: tf.LayersModel, memory: TrainingMemory): Promise<void> {
  tf.tidy(() => model.setWeights(memory.weights.map(tensorOf)));
  const now = (await model.optimizer.getWeights()).map(({ tensor }) => tensor);
  const before = memory.optimizer.map((kept) => ({ name: kept.name, tensor: tensorOf(kept) }));
  await model.optimizer.setWeights(before);
  tf.dispose([...now, ...before.map(({ tensor }) => tensor)]);
}

async function keep(tensor: tf.Tensor): Promise<Kept> {
  // A copy: on a CPU the values may be the tensor's own memory.
  return { values: (await tensor.data()).slice(), shape: tensor.shape, dtype: tensor.dtype };
}

function tensorOf({ values, shape, dtype }: Kept): tf.Tensor {
  return tf.tensor(values, shape, dtype);
}
