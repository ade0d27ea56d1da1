/** Many operations called as one. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { tensorflow, tf } from 'celeba-lab';
import { oneOperation } from 'celeba-lab/dist/tensorflow/one-operation';
import { calledOperations } from './called-operations';
import { memoryGrowth } from './memory-growth';

// The default is so on a GPU only.
before(() => tensorflow.runEagerly(false));
after(() => tensorflow.runEagerly(undefined));

type TensorFunction = (inputs: tf.Tensor[]) => tf.Tensor[];

/** Runs it once with these numbers, and frees what it made. */
function valuesOf(f: TensorFunction, ...numbers: number[][]): number[][] {
  return tf.tidy(() => f(numbers.map((row) => tf.tensor1d(row))).map((output) => [...output.dataSync()]));
}

/** What several calls give, which must be the same; the fourth is one operation. */
function valuesOfAll(f: TensorFunction, ...numbers: number[][]): number[][] {
  const [first, ...others] = [1, 2, 3, 4].map(() => valuesOf(f, ...numbers));
  for (const values of others) assert.deepEqual(values, first);
  return first;
}

function distance([a, b]: tf.Tensor[]): tf.Tensor[] {
  return tf.tidy(() => [a.sub(b).square().sum().sqrt(), a.add(b).div(2)]);
}

test('a function is called as one operation from its fourth call on, and gives the same', async () => {
  const f = oneOperation(tf, distance);
  const expected = [[5], [1.5, 3]];
  assert.deepEqual(valuesOfAll(f, [0, 1], [3, 5]), expected);
  const names = await calledOperations(() => assert.deepEqual(valuesOf(f, [0, 1], [3, 5]), expected));
  assert.equal(names.length, 1);
  assert.deepEqual(valuesOf(f, [2, 2], [2, 2]), [[0], [2, 2]]);
});

test('inputs of another shape are another operation', () => {
  const f = oneOperation(tf, distance);
  assert.deepEqual(valuesOfAll(f, [0, 1], [3, 5]), [[5], [1.5, 3]]);
  assert.deepEqual(valuesOfAll(f, [1], [2]), [[1], [1.5]]);
  assert.deepEqual(valuesOfAll(f, [0, 1], [3, 5]), [[5], [1.5, 3]]);
});

test('runEagerly(true) calls operation by operation', async () => {
  const f = oneOperation(tf, distance);
  valuesOfAll(f, [0], [1]);
  tensorflow.runEagerly(true);
  const names = await calledOperations(() => assert.deepEqual(valuesOf(f, [0], [1]), [[1], [0.5]]));
  tensorflow.runEagerly(false);
  assert.ok(names.length > 4 && names.every((name) => !name.startsWith('celeba_lab')));
});

test('a function that draws random numbers, or whose numbers change, computes anew each time', () => {
  const draws = oneOperation(tf, ([a]) => tf.tidy(() => [a.add(tf.randomUniform([3]))]));
  const drawn = [1, 2, 3, 4, 5].map(() => valuesOf(draws, [0, 0, 0])[0].join());
  assert.equal(new Set(drawn).size, 5);
  let count = 0;
  const counts = oneOperation(tf, ([a]) => tf.tidy(() => [a.add(count++)]));
  assert.deepEqual(
    [1, 2, 3, 4].map(() => valuesOf(counts, [10])[0][0]),
    [10, 11, 12, 13],
  );
});

test('a function that uses a tensor from outside computes with its value of the moment', () => {
  const outside = tf.variable(tf.tensor1d([1]));
  outside.add(0).dispose();
  const f = oneOperation(tf, ([a]) => [a.add(outside)]);
  const sums = [1, 2, 3, 4, 5].map((value) => {
    tf.tidy(() => outside.assign(tf.tensor1d([value]).add(0)));
    return valuesOf(f, [0])[0][0];
  });
  assert.deepEqual(sums, [1, 2, 3, 4, 5]);
  outside.dispose();
});

test('a function that JavaScript decides by values of tensors computes anew each time', () => {
  const f = oneOperation(tf, ([a]) => tf.tidy(() => [a.dataSync()[0] > 0 ? a.square() : a.neg()]));
  for (const value of [3, 3, 3, 3]) assert.deepEqual(valuesOf(f, [value]), [[9]]);
  assert.deepEqual(valuesOf(f, [-3]), [[3]]);
});

test('inputs that are one tensor are another operation than two', () => {
  const f = oneOperation(tf, ([a, b]) => [a.sub(b)]);
  const ofOne = (inputs: tf.Tensor[]) => f([inputs[0], inputs[0]]);
  assert.deepEqual(valuesOfAll(ofOne, [5]), [[0]]);
  assert.deepEqual(valuesOfAll(f, [5], [3]), [[2]]);
  assert.deepEqual(valuesOfAll(ofOne, [5]), [[0]]);
});

test('a constant keeps the sign of its zeros', () => {
  const f = oneOperation(tf, ([a]) => tf.tidy(() => [a.div(tf.tensor1d([0, -0]))]));
  assert.deepEqual(valuesOfAll(f, [1, 1]), [[Infinity, -Infinity]]);
});

test('an output may be an input, the same twice, or computed from nothing', () => {
  const f = oneOperation(tf, ([a]) => [a.clone(), a.clone(), tf.ones([2])]);
  assert.deepEqual(valuesOfAll(f, [7]), [[7], [7], [1, 1]]);
});

test('a constant of a whole feature map, as in the gradient of a mean, is no hindrance', async () => {
  const slope = tf.grad((x) => x.square().mean());
  const f = oneOperation(tf, ([a]) => tf.tidy(() => [slope(a.tile([10_000]))]));
  assert.deepEqual(valuesOfAll(f, [5000])[0].slice(0, 2), [1, 1]);
  const names = await calledOperations(() => valuesOf(f, [5000]));
  assert.deepEqual(names.length, 1);
});

test('one function within another is a part of it', async () => {
  const inner = oneOperation(tf, distance);
  const f = oneOperation(tf, ([a, b]) => inner([a, b]));
  valuesOfAll(f, [0], [1]);
  const names = await calledOperations(() => assert.deepEqual(valuesOf(f, [0], [1]), [[1], [0.5]]));
  assert.equal(names.length, 1);
});

test('an error while operations are recorded goes through, and leaves nothing behind', async () => {
  let fails = true;
  const f = oneOperation(tf, ([a]) => {
    if (fails) throw new Error('not yet');
    return [a.square()];
  });
  assert.throws(() => valuesOf(f, [3]), /not yet/);
  fails = false;
  assert.deepEqual(valuesOfAll(f, [3]), [[9]]);
});

test('a graph that TensorFlow refuses is told once, and the function goes on operation by operation', async () => {
  const backend = tf.backend() as unknown as {
    binding: { TF_ATTR_TYPE: number; TF_FLOAT: number };
    executeMultipleOutputs(...given: unknown[]): tf.Tensor[];
  };
  const { TF_ATTR_TYPE, TF_FLOAT } = backend.binding;
  const warnings: string[] = [];
  const onWarning = ({ message }: Error): void => void warnings.push(message);
  process.on('warning', onWarning);
  // The type of axes is taken from them when called, but must be right in a graph.
  const attributes = ['T', 'Tidx'].map((name) => ({ name, type: TF_ATTR_TYPE, value: TF_FLOAT }));
  const axis = tf.tensor1d([0], 'int32');
  const f = oneOperation(tf, ([a]) => backend.executeMultipleOutputs('Sum', attributes, [a, axis.clone()], 1));
  assert.deepEqual(
    valuesOfAll((inputs) => f([...inputs, axis]), [1, 2]),
    [[3]],
  );
  assert.deepEqual(
    valuesOfAll((inputs) => f([...inputs, axis]), [1, 2]),
    [[3]],
  );
  axis.dispose();
  await setTimeout(1);
  process.off('warning', onWarning);
  assert.equal(warnings.length, 1);
  assert.match(warnings[0], /operation by operation.*refuses its graph.*Tidx/s);
});

test('calls leave no tensor behind', async () => {
  const f = oneOperation(tf, distance);
  valuesOfAll(f, [0, 1], [3, 5]);
  const { binding } = tf.backend() as unknown as { binding: { getNumOfTensors(): number } };
  const held = binding.getNumOfTensors();
  const growth = await memoryGrowth(() => {
    for (let i = 0; i < 100; i++) valuesOf(f, [0, i], [3, 5]);
  });
  assert.equal(growth.tensorCount, 0);
  assert.equal(binding.getNumOfTensors(), held);
});

test('TensorFlow forgets the operation of a function that is gone', async () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const name = await (async () => {
    const f = oneOperation(tf, distance);
    valuesOfAll(f, [0], [1]);
    return (await calledOperations(() => valuesOf(f, [0], [1])))[0];
  })();
  const call = (): unknown => {
    const backend = tf.backend() as unknown as { executeMultipleOutputs(...given: unknown[]): tf.Tensor[] };
    return tf.tidy(() => backend.executeMultipleOutputs(name, [], [tf.tensor1d([0]), tf.tensor1d([1])], 2));
  };
  call();
  for (let tries = 0; tries < 20; tries++) {
    collectGarbage();
    await setTimeout(10);
    try {
      call();
    } catch (error) {
      assert.match(String(error), new RegExp(name));
      return;
    }
  }
  assert.fail(`${name} is still there`);
});
