import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { runState, tf, training } from 'celeba-lab';
import { gpuArithmetic } from 'celeba-lab/dist/tensorflow/device-observations';
import { pretendOtherDevice } from '../tensorflow/gpu';
import { newFolder } from './new-folder';
import { layeredRates, STEPS_PER_EPOCH, trainResumably, type Result, type TrainingOptions } from './resumable-training';
import { Fault, Once } from './training-faults';

const EPOCHS = 5;

/** A training that a fault ended in `epoch`, with what it said when it was started again. */
async function cutOff(outputs: string, epoch: number, again: Partial<TrainingOptions> = {}) {
  await assert.rejects(trainResumably({ outputs, epochs: EPOCHS, extra: [new Fault(epoch)] }), /a fault/);
  return goOn(outputs, again);
}

async function goOn(outputs: string, again: Partial<TrainingOptions> = {}) {
  const lines: string[] = [];
  const extra = [new Fault(EPOCHS + 1)];
  const result = await trainResumably({ outputs, epochs: EPOCHS, extra, print: (line) => lines.push(line), ...again });
  return { lines, result };
}

const whole: Promise<Result> = (async () => trainResumably({ outputs: await newFolder(), epochs: EPOCHS }))();

test('a training that was cut off ends with the weights, optimizer, history and model of one that never was', async () => {
  const { lines, result } = await cutOff(await newFolder(), 4);
  assert.deepEqual(lines, ['Continues after epoch 3, the last that was finished. RESUME=0 begins anew.']);
  assert.deepEqual(result, await whole);
});

test('a training that was finished leaves no state and trains again, with the same result', async () => {
  const outputs = await newFolder();
  const lines: string[] = [];
  await trainResumably({ outputs, epochs: EPOCHS });
  assert.deepEqual(await readdir(join(outputs, 'training')), ['log.jsonl']);
  const again = await trainResumably({ outputs, epochs: EPOCHS, print: (line) => lines.push(line) });
  assert.deepEqual(lines, ['No unfinished training: begins with epoch 1.']);
  assert.deepEqual(again, await whole);
});

test('a training that ended, but not what follows it, is only brought to its end again, once', async () => {
  const outputs = await newFolder();
  await trainResumably({ outputs, epochs: EPOCHS, extra: [new Fault(EPOCHS + 1)], done: false });
  await rm(join(outputs, 'model'), { recursive: true });
  // This fault would come with the first batches.
  const { lines, result } = await goOn(outputs, { extra: [new Fault(1)] });
  assert.deepEqual(lines, [`All ${EPOCHS} epochs were finished; what follows them is done now. RESUME=0 begins anew.`]);
  assert.deepEqual(result, await whole);
  assert.deepEqual(await readdir(join(outputs, 'training')), ['log.jsonl']);
});

test('done leaves the state of another training alone that has begun there meanwhile, and waits for nobody', async () => {
  const outputs = await newFolder();
  const store = new runState.RunStore(join(outputs, 'training', 'state'));
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(other, 'spawn');
  const holder = { pid: other.pid, began: '', what: 'training' };
  // Between the end of fit and done another process takes the folder.
  const takeFolder = async () => writeFile(join(outputs, '.running'), JSON.stringify(holder));
  await trainResumably({ outputs, epochs: EPOCHS, beforeDone: takeFolder });
  assert.equal((await store.read())?.ended, true);
  other.kill('SIGKILL');
  await once(other, 'exit');
  const facts = { SEED: 2 };
  const beginAnother = () => store.write({ facts, epochs: 1, ended: false, parts: {} });
  await trainResumably({ outputs, epochs: EPOCHS, resume: false, beforeDone: beginAnother });
  assert.deepEqual((await store.read())?.facts, facts);
});

test('inside npm start a training that is done keeps its state until that run drops it, one that is not beyond', async () => {
  const outputs = await newFolder();
  // The process that runs this file's tests stands for npm start.
  await writeFile(join(outputs, '.running'), JSON.stringify({ pid: process.ppid, began: '', what: 'npm start' }));
  const folder = join(outputs, 'training', 'state');
  await assert.rejects(trainResumably({ outputs, epochs: EPOCHS, extra: [new Fault(3)] }), /a fault/);
  await runState.dropDone(outputs);
  assert.equal((await new runState.RunStore(folder).read())?.epochs, 2);
  await goOn(outputs, { done: false });
  await runState.dropDone(outputs);
  assert.equal((await new runState.RunStore(folder).read())?.ended, true);
  await goOn(outputs);
  assert.equal((await new runState.RunStore(folder).read())?.ended, true);
  await runState.dropDone(outputs);
  assert.deepEqual(await readdir(join(outputs, 'training')), ['log.jsonl']);
});

test('a finished training that was another, or is asked for anew, is called finished', async () => {
  const outputs = await newFolder();
  const train = async (again: Partial<TrainingOptions>) => {
    const lines: string[] = [];
    await trainResumably({ outputs, epochs: EPOCHS, done: false, print: (line) => lines.push(line), ...again });
    return lines;
  };
  await train({});
  assert.deepEqual(await train({ seed: 2 }), [
    `Begins anew: a finished training (${EPOCHS} epochs) differs. SEED was 1 and is 2.`,
  ]);
  assert.deepEqual(await train({ seed: 2, resume: false }), [
    `Begins anew, as RESUME=0 asks for; a finished training (${EPOCHS} epochs) is dropped.`,
  ]);
});

test('a training cut off before its end keeps its state, whatever is said to be done', async () => {
  const outputs = await newFolder();
  const stop = () => void process.kill(process.pid, 'SIGINT');
  await trainResumably({ outputs, epochs: EPOCHS, extra: [new Once(3, stop)] });
  assert.deepEqual((await goOn(outputs, { extra: [new Once(9, stop)] })).result, await whole);
});

test('a network for photos of another shape is another network, though its weights have the same shapes', () => {
  const facts = [8, 9].map((side) => {
    const convolution = tf.layers.conv2d({ filters: 2, kernelSize: 3, inputShape: [side, 8, 3] });
    const network = tf.sequential({ layers: [convolution, tf.layers.globalAveragePooling2d({})] });
    network.compile({ optimizer: 'adam', loss: 'meanSquaredError' });
    return runState.modelFacts(network);
  });
  assert.match(String(runState.changedFacts(facts[0], facts[1])), /inputs was 8x8x3 and is 9x8x3/);
});

test('another seed begins anew and is named', async () => {
  const { lines, result } = await cutOff(await newFolder(), 3, { seed: 2 });
  assert.deepEqual(lines, ['Begins anew: an unfinished training (2 epochs) differs. SEED was 1 and is 2.']);
  assert.equal(result.rows.length, EPOCHS);
  assert.notEqual(result.weights, (await whole).weights);
});

test('other photos begin anew, in words, with what decides which they are', async () => {
  const outputs = await newFolder();
  await assert.rejects(
    trainResumably({ outputs, epochs: EPOCHS, photos: 'b8aaf9137e58a534', extra: [new Fault(3)] }),
    /a fault/,
  );
  const { lines } = await goOn(outputs, { photos: 'c229d65e42bc69f8' });
  assert.deepEqual(lines, [
    'Begins anew: an unfinished training (2 epochs) differs. The photos or their labels are others: DATASET, ATTRIBUTE, ' +
      'SPLIT, TRAIN and VALID decide which are taken.',
  ]);
});

test('a training of a CPU begins anew on a GPU, whose features and steps are others', async (context) => {
  const outputs = await newFolder();
  await assert.rejects(trainResumably({ outputs, epochs: EPOCHS, extra: [new Fault(3)] }), /a fault/);
  const before = gpuArithmetic();
  pretendOtherDevice(context);
  const { lines } = await goOn(outputs);
  const change = `device was ${before ?? 'not set'} and is ${gpuArithmetic() ?? 'not set'}`;
  assert.deepEqual(lines, [`Begins anew: an unfinished training (2 epochs) differs. ${change}.`]);
});

test('resume: false begins anew', async () => {
  const { lines, result } = await cutOff(await newFolder(), 3, { resume: false });
  assert.deepEqual(lines, ['Begins anew, as RESUME=0 asks for; an unfinished training (2 epochs) is dropped.']);
  assert.deepEqual(result, await whole);
});

test('a damaged state is named, and training begins anew', async () => {
  const outputs = await newFolder();
  await assert.rejects(trainResumably({ outputs, epochs: EPOCHS, extra: [new Fault(3)] }), /a fault/);
  const state = join(outputs, 'training', 'state');
  const [blob] = (await readdir(state)).filter((name) => name !== 'state.json');
  await truncate(join(state, blob), 10);
  const { lines, result } = await goOn(outputs);
  assert.match(lines[0], /^Begins anew\. state\/\w{12}: found other bytes than were written/);
  assert.deepEqual(result, await whole);
});

test('a callback with other settings is refused rather than mixed into an unfinished training', async () => {
  const sentence =
    /callbacks .*: found EarlyStopping\.patience was 100 and is 7, expected those it began with\. Put them/;
  await assert.rejects(cutOff(await newFolder(), 3, { patience: 7 }), sentence);
});

test('groups of learning rates, a schedule and averaged weights go on over the cut', async () => {
  const train = (outputs: string, faultIn: number) => {
    const extra: tf.Callback[] = [
      new Fault(faultIn),
      new training.AverageWeights({ stepsPerEpoch: STEPS_PER_EPOCH, decay: 0.9 }),
    ];
    const optimizer = layeredRates([1e-2, 1e-3], extra);
    return trainResumably({ outputs, epochs: EPOCHS, optimizer, extra });
  };
  const expected = await train(await newFolder(), EPOCHS + 1);
  assert.ok((expected.rows.at(-1)?.learningRate ?? 1) < 0.005);
  const outputs = await newFolder();
  await assert.rejects(train(outputs, 4), /a fault/);
  assert.deepEqual(await train(outputs, EPOCHS + 1), expected);
});

test('early stopping counts on over the cut', async () => {
  const [patience, epochs] = [2, 40];
  const stopped = await trainResumably({ outputs: await newFolder(), epochs, patience });
  const last = stopped.rows.length;
  // So one epoch without a gain was counted when the last one began.
  assert.ok(last < epochs && last === Number(stopped.bestEpoch) + patience);
  const outputs = await newFolder();
  await assert.rejects(trainResumably({ outputs, epochs, patience, extra: [new Fault(last)] }), /a fault/);
  const again = await trainResumably({ outputs, epochs, patience, extra: [new Fault(epochs + 1)] });
  assert.deepEqual(again, stopped);
});

test('onNew is called when a new training begins, not when one continues', async () => {
  const outputs = await newFolder();
  let calls = 0;
  const onNew = async () => void calls++;
  await assert.rejects(trainResumably({ outputs, epochs: EPOCHS, onNew, extra: [new Fault(2)] }), /a fault/);
  assert.equal(calls, 1);
  await trainResumably({ outputs, epochs: EPOCHS, onNew, extra: [new Fault(9)] });
  assert.equal(calls, 1);
});

test('a saved model that was taken away meanwhile is written again from the state', async () => {
  const outputs = await newFolder();
  await assert.rejects(trainResumably({ outputs, epochs: EPOCHS, extra: [new Fault(EPOCHS)] }), /a fault/);
  await rm(join(outputs, 'model'), { recursive: true });
  assert.deepEqual((await goOn(outputs)).result, await whole);
});

test('a second training in the same folder says so and stops; the first goes on', async () => {
  const outputs = await newFolder();
  const log = join(outputs, 'training', 'log.jsonl');
  await mkdir(join(outputs, 'training'));
  await writeFile(log, 'what the first one wrote');
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(other, 'spawn');
  await writeFile(join(outputs, '.running'), JSON.stringify({ pid: other.pid, began: '', what: 'training' }));
  await assert.rejects(trainResumably({ outputs, epochs: EPOCHS }), /found another training at work \(process \d+\)/);
  assert.equal(await readFile(log, 'utf8'), 'what the first one wrote');
  other.kill('SIGKILL');
  await once(other, 'exit');
  await trainResumably({ outputs, epochs: 1 });
  assert.equal((await readdir(outputs)).includes('.running'), false);
});
