/** What really arrives in a notebook, from a real tslab kernel through Jupyter's own client. */

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import sharp from 'sharp';
import { runCells, type CellOutput } from './run-cells';

const folder = mkdtempSync(join(tmpdir(), 'show-'));
const saved = join(folder, 'curves.png');
const photo = join(folder, 'photo.jpg');

const CELLS = {
  start: `import { plots, show } from 'celeba-lab';
const rows = [
  { epoch: 1, loss: 0.42, acc: 0.83, val_loss: 0.25, val_acc: 0.92 },
  { epoch: 2, loss: 0.2, acc: 0.93, val_loss: 0.18, val_acc: 0.95 },
];`,
  chart: `await show.chart(plots.trainingCurves(rows), { save: ${JSON.stringify(saved)} });`,
  table: `show.table([{ part: 'train', photos: 162770 }], { caption: 'Parts' });`,
  live: `const display = show.live();
await display.update({ progress: 'epoch 1, 2 s left', rows: [], done: false });
await new Promise((resolve) => setTimeout(resolve, 150));
await display.update({ progress: 'epoch 1, 1 s left', rows: [], done: false });
console.log('Epoch 1: val_loss improved');
await display.update({ progress: 'epoch 2, 1 s left', rows: rows.slice(0, 1), done: false });
await display.update({ progress: 'Trained 2 epochs', rows: rows, done: true });`,
  unfinished: `await show.live().update({ progress: 'epoch 2', rows: rows.slice(0, 1), done: false });`,
  gallery: `await show.gallery([{ file: ${JSON.stringify(photo)}, caption: 'labelled male', wrong: true }]);`,
  late: `const later = show.live();
void later.update({ progress: 'begun', rows: [], done: false });`,
  after: `await later.update({ progress: 'ended', rows: rows, done: true });`,
  markdown: `show.markdown('**98.3 %** right')`,
  name: `show.markdown('**2** labelled &#42;cats&#42;')`,
};

let outputs: Record<keyof typeof CELLS, CellOutput[]>;

before(async () => {
  await sharp({ create: { width: 178, height: 218, channels: 3, background: '#886644' } }).toFile(photo);
  const all = runCells(Object.values(CELLS), folder);
  outputs = Object.fromEntries(Object.keys(CELLS).map((name, i) => [name, all[i]])) as typeof outputs;
});

after(() => rmSync(folder, { recursive: true, force: true }));

test('a chart is one output with Vega-Lite as an object, its PNG and a text', () => {
  const [output, ...more] = outputs.chart;
  assert.equal(more.length, 0);
  const types = ['application/vnd.vegalite.v5+json', 'image/png', 'text/plain'];
  assert.deepEqual(Object.keys(output.data ?? {}).sort(), types);
  assert.equal(typeof output.data?.[types[0]], 'object');
  assert.equal(output.data?.['text/plain'], '[chart: Accuracy and loss by epoch]');
});

test('a chart saves the very PNG that the notebook holds, and says its size on the page and what a screen reader says', async () => {
  const [{ data, metadata }] = outputs.chart;
  const bytes = readFileSync(saved);
  assert.equal((data?.['image/png'] as string).trim(), bytes.toString('base64'));
  const size = metadata?.['image/png'] as { width: number; alt: string };
  assert.equal((await sharp(bytes).metadata()).width, 2 * size.width);
  assert.equal(size.alt, 'Chart: Accuracy and loss by epoch, 2 epochs; dashed: epoch 2, the lowest validation loss');
  const interactive = data?.['application/vnd.vegalite.v5+json'] as { description: string };
  assert.equal(interactive.description, size.alt);
});

test('a table is one output with HTML and aligned text', () => {
  const [output, ...more] = outputs.table;
  assert.equal(more.length, 0);
  assert.ok((output.data?.['text/html'] as string).includes('162,770</td>'));
  assert.equal(output.data?.['text/plain'], 'Parts\npart    photos\n-----  -------\ntrain  162,770');
});

test('a live display leaves its last state only, the curves interactive', () => {
  const [table, curves, stream] = outputs.live;
  assert.equal(outputs.live.length, 3);
  assert.equal(stream.text, 'Epoch 1: val_loss improved\n');
  assert.ok((table.data?.['text/plain'] as string).endsWith('Trained 2 epochs'));
  assert.ok(!JSON.stringify(table).includes('left'));
  assert.ok(curves.data?.['application/vnd.vegalite.v5+json']);
});

test('a live display that was not ended shows the curves as a picture', () => {
  const [, curves] = outputs.unfinished;
  assert.deepEqual(Object.keys(curves.data ?? {}).sort(), ['image/png', 'text/plain']);
});

test('a live display stays in its cell when another one is running', () => {
  assert.deepEqual(outputs.after, []);
  assert.ok((outputs.late[0].data?.['text/plain'] as string).endsWith('ended'));
});

test('a gallery is one JPEG of all photos, with the captions as text', async () => {
  const [{ data }] = outputs.gallery;
  assert.deepEqual(Object.keys(data ?? {}).sort(), ['image/jpeg', 'text/plain']);
  assert.equal(data?.['text/plain'], '✗ labelled male');
  const { format } = await sharp(Buffer.from(data?.['image/jpeg'] as string, 'base64')).metadata();
  assert.equal(format, 'jpeg');
});

test('no call leaves an undefined or a promise in its cell', () => {
  for (const [name, cell] of Object.entries(outputs)) {
    for (const output of cell) assert.doesNotMatch(output.text ?? '', /undefined|Promise/, name);
  }
  assert.deepEqual(outputs.markdown[0].data, { 'text/markdown': '**98.3 %** right', 'text/plain': '**98.3 %** right' });
  assert.equal(outputs.name[0].data?.['text/plain'], '**2** labelled *cats*');
});
