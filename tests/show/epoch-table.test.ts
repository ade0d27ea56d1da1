import { epochTable } from 'celeba-lab/dist/show/epoch-table';
import assert from 'node:assert/strict';
import { test } from 'node:test';

test('epochTable ticks the lowest val_loss and leaves out timings and learning rate', () => {
  const text = epochTable([
    { epoch: 1, loss: 0.5, val_loss: NaN, seconds: 81.3, learningRate: 1e-3 },
    { epoch: 2, loss: 0.25, val_loss: 0.125, seconds: 80.1, learningRate: 1e-3 },
  ]).data['text/plain'];
  const lines = ['epoch    loss  val_loss  best', '    1  0.5000       NaN', '    2  0.2500    0.1250  ✓'];
  assert.deepEqual(rowsOf(text), lines);
});

test('epochTable ticks one epoch of several: the lowest val_loss, the first where two are the same', () => {
  const losses = [0.5, 0.25, 0.75, 0.25];
  const text = epochTable(losses.map((val_loss, i) => ({ epoch: i + 1, val_loss }))).data['text/plain'];
  const lines = [
    'epoch  val_loss  best',
    '    1    0.5000',
    '    2    0.2500  ✓',
    '    3    0.7500',
    '    4    0.2500',
  ];
  assert.deepEqual(rowsOf(text), lines);
});

test('epochTable without validation has no tick', () => {
  const text = epochTable([{ epoch: 1, loss: 0.5, acc: 0.75 }]).data['text/plain'];
  assert.equal(text, 'epoch    loss     acc\n-----  ------  ------\n    1  0.5000  0.7500');
});

function rowsOf(text: string): string[] {
  return text.split('\n').filter((line) => !line.startsWith('-'));
}

test('epochTable shows every epoch, however many there are', () => {
  const rows = Array.from({ length: 60 }, (_, i) => ({ epoch: i + 1, loss: 0.5 }));
  const lines = rowsOf(epochTable(rows).data['text/plain']);
  assert.deepEqual([lines.length, lines.at(-1)], [61, '   60  0.5000']);
});
