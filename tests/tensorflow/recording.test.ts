import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Recording } from 'celeba-lab/dist/tensorflow/recording';

type Binding = ConstructorParameters<typeof Recording>[0];

// TensorFlow's numbers, of types.proto.
const [FLOAT, RESOURCE] = [1, 20];
const [VARIABLE, OTHER, VALUE] = [1, 2, 3];

// The values that operations give play no part here, nor does a device.
function bindingThatGives(outputs: Record<string, { id: number; dtype: number }>): Binding {
  const executeOp = (name: string) => (name in outputs ? [{ ...outputs[name], shape: [1] }] : []);
  return { executeOp } as unknown as Binding;
}

// Which of two operations TensorFlow runs first is else a matter of chance, so that no value tells.
test('an operation on a variable waits for the one before on the same, and an output for all changes', () => {
  const inputs = [VARIABLE, OTHER, VALUE].map((id) => ({ id, dtype: id === VALUE ? FLOAT : RESOURCE }));
  const read = { id: 4, dtype: FLOAT };
  const recording = new Recording(bindingThatGives({ ReadVariableOp: read }), inputs);
  const { binding } = recording;
  binding.executeOp('AssignVariableOp', [], [VARIABLE, VALUE], 0);
  binding.executeOp('AssignAddVariableOp', [], [OTHER, VALUE], 0);
  binding.executeOp('ReadVariableOp', [], [VARIABLE], 1);
  const graph = recording.graph([read]);
  assert.ok(graph);
  const waitsOf = (op: string): string[] => {
    const node = graph.nodes.find((one) => one.op === op);
    assert.ok(node, op);
    return node.input.filter((name) => name.startsWith('^'));
  };
  const nameOf = (op: string): string => graph.nodes.find((node) => node.op === op)?.name ?? '';
  assert.deepEqual(waitsOf('AssignVariableOp'), []);
  assert.deepEqual(waitsOf('AssignAddVariableOp'), []);
  assert.deepEqual(waitsOf('ReadVariableOp'), [`^${nameOf('AssignVariableOp')}`]);
  assert.deepEqual(waitsOf('Identity'), [`^${nameOf('ReadVariableOp')}`, `^${nameOf('AssignAddVariableOp')}`]);
});
