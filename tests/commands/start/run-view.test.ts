import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TerminalOutput } from '../../../scripts/progress/terminal-line';
import { RunView } from '../../../scripts/start/run-view';
import { tinyNotebook } from './tiny-notebook';

const NOTEBOOK = tinyNotebook('# Title', 'a()', '## Fit\nText', 'b()', 'c()');

function recorder(isTTY: boolean, columns = 60): TerminalOutput & { text: string } {
  return {
    isTTY,
    columns,
    text: '',
    write(text: string) {
      this.text += text;
    },
  };
}

/** Shows the whole run of the notebook, with one cell that trains. */
function showRun(output: TerminalOutput): void {
  const view = new RunView('03-train', NOTEBOOK, output);
  view.handle({ event: 'cell', cell: 1 });
  view.handle({ event: 'cell-done', cell: 1, failed: false, seconds: 0.5 });
  view.handle({ event: 'cell', cell: 3 });
  view.handle({ event: 'shown', cell: 3, text: 'a table\nEpoch 1 of 2, batch 3 of 9: loss 0.5' });
  view.handle({ event: 'shown', cell: 3, text: '[chart: loss]' });
  view.handle({ event: 'stream', cell: 3, name: 'stdout', text: 'Epoch 1: val_loss ' });
  view.handle({ event: 'stream', cell: 3, name: 'stdout', text: 'improved\nother text\n' });
  view.handle({ event: 'cell-done', cell: 3, failed: false, seconds: 75 });
  view.end(true);
}

test('RunView prints plain lines where there is no terminal: each cell with number, heading and time', () => {
  const output = recorder(false);
  showRun(output);
  const lines = output.text.split('\n');
  assert.deepEqual(lines.slice(0, 4), [
    '03-train',
    '   1/3  Title  0.5 s',
    '    Epoch 1: val_loss improved',
    '   2/3  Fit  1 min 15 s',
  ]);
  assert.match(lines[4], /^ {2}done: 3 cells, \d\.\d s$/);
  assert.equal(output.text.includes('\u001b'), false);
});

test('RunView redraws one line on a terminal, never wider than it, and keeps epochs and time of the notebook', () => {
  const output = recorder(true, 40);
  showRun(output);
  const draws = output.text.split('\r\u001b[K');
  assert.ok(
    draws.every((draw) => draw.endsWith('\n') || draw.length < 40),
    draws.join('|'),
  );
  assert.ok(draws.some((draw) => draw.startsWith('03-train   2/3  Fit  0.0 s  Epoch 1')));
  assert.ok(draws.includes('    Epoch 1: val_loss improved\n'));
  assert.match(draws.at(-1) ?? '', /^03-train +3 cells, \d\.\d s\n$/);
});

const SENTENCES = [
  'Begins anew: an unfinished training (2 epochs) differs. BATCH was 4 and is 6.',
  'Continues after epoch 3, the last that was finished. RESUME=0 begins anew.',
  '3f2a/block.feat: other bytes than were written. The features of 12 photos are computed again.',
  'Epoch 2, batch 2: the loss is NaN. Training ends; the best weights (epoch 1, val_loss 0.3) are restored.',
  '3 of 20 photos left out (15 %): 3 x a file that ends early (a.jpg, b.jpg, c.jpg).',
];

for (const isTTY of [true, false]) {
  test(`RunView keeps each sentence once, ${isTTY ? 'on' : 'without'} a terminal, and no figures, tables or progress`, () => {
    const output = recorder(isTTY, 200);
    const view = new RunView('03-train', NOTEBOOK, output);
    view.handle({ event: 'cell', cell: 3 });
    for (const line of ['photos [12,178,218,3], labels [12,2]', 'dense (Dense)   [null,2]   258', '...', ' [1., 2.]'])
      view.handle({ event: 'stream', cell: 3, name: 'stdout', text: `${line}\n` });
    for (const line of [...SENTENCES, SENTENCES[0]])
      view.handle({ event: 'stream', cell: 3, name: 'stdout', text: `${line}\n` });
    view.handle({ event: 'shown', cell: 3, text: 'Epoch 2 of 2, batch 3 of 9: loss 0.5, 3 s left' });
    view.handle({ event: 'cell-done', cell: 3, failed: false, seconds: 1 });
    view.end(true);
    const kept = output.text
      .replaceAll('\r\u001b[K', '\n')
      .split('\n')
      .filter((line) => line.startsWith('    '));
    assert.deepEqual(
      kept,
      SENTENCES.map((line) => `    ${line}`),
    );
  });
}

test('RunView prints what a cell warned of on stderr once the cell has ended well', () => {
  const output = recorder(false);
  const view = new RunView('03-train', NOTEBOOK, output);
  for (const failed of [false, true]) {
    view.handle({ event: 'cell', cell: 3 });
    view.handle({ event: 'stream', cell: 3, name: 'stderr', text: `decoded slower, failed: ${failed}\n` });
    view.handle({ event: 'cell-done', cell: 3, failed, seconds: 1 });
  }
  view.end(false);
  assert.deepEqual(output.text.split('\n').slice(1, -1), ['    decoded slower, failed: false', '   2/3  Fit  1.0 s']);
});

test('RunView cuts off a cell that says hundreds of sentences, but none of its epochs', () => {
  const output = recorder(false);
  const view = new RunView('03-train', NOTEBOOK, output);
  view.handle({ event: 'cell', cell: 3 });
  const text = Array.from({ length: 300 }, (_, i) => `Step ${i} is done.\nEpoch ${i}: better\n`).join('');
  view.handle({ event: 'stream', cell: 3, name: 'stdout', text });
  view.end(false);
  const lines = output.text.split('\n');
  assert.equal(lines.filter((line) => line.endsWith('is done.')).length, 20);
  assert.equal(lines.filter((line) => line.includes('executed notebook')).length, 1);
  assert.equal(lines.filter((line) => line.includes('Epoch')).length, 300);
});

test('RunView knows the cell that failed and what it wrote to stderr, and after which one the run failed', () => {
  const view = new RunView('03-train', NOTEBOOK, recorder(false));
  const found = [[view.place, view.reason]];
  view.handle({ event: 'cell', cell: 3 });
  view.handle({ event: 'stream', cell: 3, name: 'stderr', text: 'a warning' });
  view.handle({ event: 'cell-done', cell: 3, failed: false, seconds: 1 });
  found.push([view.place, view.reason]);
  view.handle({ event: 'cell', cell: 4 });
  view.handle({ event: 'stream', cell: 4, name: 'stderr', text: 'went ' });
  view.handle({ event: 'stream', cell: 4, name: 'stderr', text: 'wrong' });
  view.handle({ event: 'cell-done', cell: 4, failed: true, seconds: 1 });
  view.end(false);
  assert.deepEqual(
    [...found, [view.place, view.reason]],
    [
      ['before its first cell', ''],
      ['after cell 2 of 3 (Fit)', ''],
      ['cell 3 of 3 (Fit)', 'went wrong'],
    ],
  );
});

test('RunView keeps why a kernel was lost, also before the first cell', () => {
  const view = new RunView('03-train', NOTEBOOK, recorder(false));
  view.handle({ event: 'kernel-lost', message: 'No such kernel' });
  view.end(false);
  assert.deepEqual([view.place, view.reason], ['before its first cell', 'No such kernel\n']);
});
