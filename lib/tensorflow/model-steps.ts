/** A model's train and validation steps as one operation each, wherever TensorFlow.js makes them: fit, fitDataset, evaluate. */

import type { tf as tfjs } from './load';
import { oneOperation, runsAsOne } from './one-operation';

type Tf = typeof tfjs;
type Step = (data: (tfjs.Tensor | null)[]) => tfjs.Tensor[];

/** The fields and methods of tfjs's models that its public types hide. */
interface Model {
  inputs: unknown[];
  outputs: unknown[];
  weights: { read(): tfjs.Tensor }[];
  optimizer_: Pick<tfjs.Optimizer, 'minimize' | 'computeGradients' | 'applyGradients'>;
  metricsTensors: object;
  testFunction: Step;
}

/**
 * Puts `oneOperation` under the steps of all models: a train step's loss, metrics and gradients are one call, a validation
 * step another; the optimizer then moves the weights as always. What a step reads besides weights and data, such as a layer's
 * momentum, and what it decides in JavaScript, stay as they were when fit began; for validation, when the model was first
 * evaluated after it was compiled.
 * @param tf the loaded package
 */
export function installModelSteps(tf: Tf): void {
  if (tf.getBackend() !== 'tensorflow') return;
  const prototype = tf.LayersModel.prototype as unknown as Record<string, (this: Model) => unknown>;
  const { makeTrainFunction, makeTestFunction } = prototype;
  prototype.makeTrainFunction = function (): Step {
    return trainStep(tf, this, makeTrainFunction.call(this) as Step);
  };
  // Compiling a model makes it new metrics. A validation after each epoch shouldn't begin with recording.
  const testSteps = new WeakMap<object, Step>();
  prototype.makeTestFunction = function (): void {
    makeTestFunction.call(this);
    const step = testSteps.get(this.metricsTensors) ?? testStep(tf, this, this.testFunction);
    testSteps.set(this.metricsTensors, step);
    this.testFunction = step;
  };
}

function testStep(tf: Tf, model: Model, original: Step): Step {
  const dataCount = model.inputs.length + model.outputs.length;
  const compute = oneOperation(tf, (inputs) => original(inputs.slice(0, dataCount)));
  return (data) => compute([...present(data), ...model.weights.map((weight) => weight.read())]);
}

function trainStep(tf: Tf, model: Model, original: Step): Step {
  let names: string[] = [];
  // Weights on which the loss depends; others have no gradient.
  let used: string[] = [];
  // Weights that a step sets by itself, such as batch normalization's averages.
  let moved: number[] = [];
  const weights = (): tfjs.Variable[] => model.weights.map((weight) => weight.read() as tfjs.Variable);
  const compute = oneOperation(tf, (inputs) => {
    const before = weights().map(({ dataId }) => dataId);
    const { outputs, gradients } = withGradients(tf, model, () => original(inputs.slice(0, -before.length)));
    names = Object.keys(gradients);
    used = names.filter((name) => gradients[name]);
    const after = weights();
    moved = after.flatMap(({ dataId }, i) => (dataId === before[i] ? [] : [i]));
    return [...outputs, ...used.map((name) => gradients[name]), ...moved.map((i) => after[i].clone())];
  });
  return (data) => {
    if (!runsAsOne(tf) || hasWaysOfItsOwn(tf, model) || !nullsLast(data)) return original(data);
    return tf.tidy(() => {
      const variables = weights();
      const results = compute([...present(data), ...variables]);
      const values = results.splice(results.length - moved.length);
      moved.forEach((place, i) => variables[place].assign(values[i]));
      const gradients = results.splice(results.length - used.length);
      const named = new Map(used.map((name, i) => [name, gradients[i]]));
      model.optimizer_.applyGradients(names.map((name) => ({ name, tensor: named.get(name) as tfjs.Tensor })));
      return results;
    });
  };
}

/** Runs a step of tfjs's own, keeping its gradients instead of moving weights. */
function withGradients(tf: Tf, model: Model, step: () => tfjs.Tensor[]) {
  const { optimizer_: optimizer } = model;
  let gradients: tfjs.NamedTensorMap = {};
  const minimize = (f: () => tfjs.Scalar, _returnCost?: boolean, list?: tfjs.Variable[]): tfjs.Scalar => {
    const { value, grads } = tf.variableGrads(f, list);
    gradients = grads;
    return value;
  };
  model.optimizer_ = Object.assign(Object.create(optimizer) as Model['optimizer_'], { minimize });
  try {
    return { outputs: step(), gradients };
  } finally {
    model.optimizer_ = optimizer;
  }
}

/** Whether its optimizer computes gradients otherwise than tfjs's, which a step would pass over. */
function hasWaysOfItsOwn(tf: Tf, { optimizer_: { minimize, computeGradients } }: Model): boolean {
  const { prototype } = tf.Optimizer;
  return minimize !== prototype.minimize || computeGradients !== prototype.computeGradients;
}

/** The tensors of a batch. */
function present(data: (tfjs.Tensor | null)[]): tfjs.Tensor[] {
  return data.filter((tensor) => tensor !== null);
}

/** Whether samples have weights for all outputs or, as mostly, for none; fit gives a null for each that has none, after all else. */
function nullsLast(data: (tfjs.Tensor | null)[]): boolean {
  return data.slice(present(data).length).every((tensor) => tensor === null);
}
