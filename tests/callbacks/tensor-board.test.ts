import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { callbacks, tf, type runState } from 'celeba-lab';
import { trainResumably } from './resumable-training';
import { trainScripted } from './tiny-training';
import { LateFault } from './training-faults';

const root = mkdtempSync(join(tmpdir(), 'tensorboard-'));
after(() => rm(root, { recursive: true }));

interface Scalar {
  step: number;
  tag: string;
  value: number;
}

/** Reads the scalars of an event file: TFRecords of Event messages, of which only step and summary values are used. */
function scalarsIn(file: Buffer): Scalar[] {
  const scalars: Scalar[] = [];
  // A record: length (8 bytes), its checksum (4), the message, its checksum (4).
  for (let at = 0; at < file.length;) {
    const length = Number(file.readBigUInt64LE(at));
    const event = fieldsOf(file.subarray(at + 12, at + 12 + length));
    const step = Number(event.find(({ field }) => field === 2)?.number ?? 0);
    for (const summary of event.filter(({ field }) => field === 5)) {
      for (const { bytes } of fieldsOf(summary.bytes)) {
        const value = fieldsOf(bytes);
        const tag = value.find(({ field }) => field === 1)?.bytes.toString() ?? '';
        scalars.push({ step, tag, value: value.find(({ field }) => field === 2)?.bytes.readFloatLE() ?? NaN });
      }
    }
    at += 16 + length;
  }
  return scalars;
}

/** Fields of a protocol buffer message: variable-length numbers, 4, 8 or any number of bytes. */
function fieldsOf(message: Buffer): { field: number; number: bigint; bytes: Buffer }[] {
  const fields = [];
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = message[at++];
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const key = Number(varint());
    const number = (key & 7) === 0 ? varint() : 0n;
    const length = { 0: 0, 1: 8, 2: -1, 5: 4 }[key & 7] ?? 0;
    const size = length === -1 ? Number(varint()) : length;
    fields.push({ field: key >> 3, number, bytes: message.subarray(at, (at += size)) });
  }
  return fields;
}

async function readPart(folder: string, part: string): Promise<Scalar[]> {
  const names = (await readdir(join(folder, part))).filter((name) => name.startsWith('events.')).sort();
  const files = await Promise.all(names.map((name) => readFile(join(folder, part, name))));
  return files.flatMap(scalarsIn);
}

async function lossSteps(folder: string, part: string): Promise<number[]> {
  const scalars = await readPart(folder, part);
  return scalars.filter(({ tag }) => tag === 'epoch_loss').map(({ step }) => step);
}

test("TensorBoard logs each epoch's figures and learning rate under Keras's names, on the disk when training ends", async () => {
  const folder = join(root, 'logs');
  const history = await trainScripted([0.5, 0.25], [new callbacks.TensorBoard({ folder, run: 'first' })]);
  const train = await readPart(join(folder, 'first'), 'train');
  const tags = ['epoch_loss', 'epoch_acc', 'epoch_categoricalAccuracy', 'epoch_learning_rate'];
  assert.deepEqual(
    train.map(({ step, tag }) => `${step} ${tag}`).sort(),
    [0, 1].flatMap((step) => tags.map((tag) => `${step} ${tag}`)).sort(),
  );
  const losses = train.filter(({ tag }) => tag === 'epoch_loss').map(({ value }) => value);
  assert.deepEqual(losses, history.history.loss);
  const validation = await readPart(join(folder, 'first'), 'validation');
  const validationLosses = validation.filter(({ tag }) => tag === 'epoch_loss').map(({ value }) => value);
  assert.deepEqual(validationLosses, [0.5, 0.25]);
});

test('a run without a name gets the moment it begins, and keeps it when it is continued', async () => {
  const folder = join(root, 'named');
  const board = new callbacks.TensorBoard({ folder });
  await trainScripted([0.5], [board]);
  const [run] = await readdir(folder);
  assert.match(run, /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d$/);
  const continued = new callbacks.TensorBoard({ folder });
  await continued.loadState(await board.saveState());
  assert.equal((await continued.saveState()).values?.run, run);
});

test('an epoch that a killed process had logged, but not finished, is logged once when its run is continued', async () => {
  const [killed, continued] = ['killed', 'continued'].map((name) => join(root, name));
  const board = new callbacks.TensorBoard({ folder: killed, run: 'run' });
  const states: runState.PartState[] = [];
  const note = new tf.CustomCallback({ onEpochEnd: async () => void states.push(await board.saveState()) });
  await trainScripted([0.5, 0.25], [board, note as unknown as tf.Callback]);
  // Elsewhere, as a killed process has no files open; with one that began after the first epoch, and one of somebody else.
  await cp(killed, continued, { recursive: true });
  const [written] = await readdir(join(killed, 'run', 'train'));
  await cp(join(killed, 'run', 'train', written), join(continued, 'run', 'train', `${written}.later`));
  await writeFile(join(continued, 'run', 'train', 'notes.txt'), '');
  // A run of its own, whose folder lies in this one's.
  await cp(join(killed, 'run', 'train'), join(continued, 'run', 'other', 'train'), { recursive: true });
  const again = new callbacks.TensorBoard({ folder: continued, run: 'run' });
  await again.loadState(states[0]);
  assert.deepEqual(await readdir(join(continued, 'run', 'train')), [written, 'notes.txt']);
  for (const part of ['train', 'validation'])
    assert.deepEqual(await lossSteps(join(continued, 'run'), part), [0], part);
  for (const run of [join(killed, 'run'), join(continued, 'run', 'other')])
    assert.deepEqual(await lossSteps(run, 'train'), [0, 1], run);
});

test('an epoch whose end failed in the same process, and which runs again, is logged once', async () => {
  const folder = join(root, 'same');
  const outputs = await mkdtemp(join(root, 'outputs-'));
  const board = new callbacks.TensorBoard({ folder, run: 'run' });
  await trainResumably({ outputs, epochs: 4, extra: [board], late: [new LateFault(3)], fits: 2 });
  assert.deepEqual(await lossSteps(join(folder, 'run'), 'train'), [0, 1, 2, 3]);
});
