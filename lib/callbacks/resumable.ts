/** A training that a killed process, a full disk or a loss of power doesn't send back to its first epoch. */

import { join } from 'node:path';
import { InputError } from '../errors';
import { isPartOfRun, lockForTraining } from '../project';
import { changedFacts, modelFacts, RunStore, startingPoint, type RunFacts, type RunState } from '../run-state';
import { gpuArithmetic } from '../tensorflow/device-observations';
import { tf } from '../tensorflow/load';
import { Interrupt } from './interrupt';
import type { Print } from './monitor';
import { RunSaver } from './run-saver';

/** Options of `resumable`. */
export interface ResumableOptions {
  /** The run's outputs folder, absolute. It belongs to one training at a time. */
  outputs: string;
  /** The compiled model that is trained, with its first weights. */
  model: tf.LayersModel;
  /**
   * All that the result depends on: settings, recipe, photos. The model's layers, its optimizer and the versions of
   * TensorFlow.js and Node are added here.
   */
  facts: RunFacts;
  /** Name of this training among those in `outputs`; default `training`. Its state is in outputs/<name>/state. */
  name?: string;
  /** Whether an unfinished run is continued; default true. */
  resume?: boolean;
  /** Called when a new training begins, not when one continues; for clearing away what an older one has left. */
  onNew?: () => Promise<void>;
  /** Receives the one line that says where training begins; default `console.log`. */
  print?: Print;
}

/** A training that begins, or goes on. */
export interface ResumableRun {
  /**
   * Whole epochs that lie behind: for `initialEpoch` of fit, and `firstEpoch` of the batches. Infinity where training came to its
   * end and only what follows is left to do: fit then runs no epoch.
   */
  initialEpoch: number;
  /**
   * The callbacks for fit, in the given order, between one that takes the outputs folder and one that keeps the state of all of
   * them, the model's and its optimizer's.
   */
  callbacks(list: tf.Callback[]): tf.Callback[];
  /**
   * Takes the state of a training that came to its end away: call it once all that follows training is on the disk. The
   * state of one that didn't stays. Inside `npm start` it is only marked, as a kill in a later notebook shouldn't cost the
   * training either: that run calls `runState.dropDone` at its own end.
   */
  done(): Promise<void>;
}

/**
 * Prepares a training that can be killed at any moment. At the end of each epoch all that the next one depends on is
 * written to the disk, whole or not at all. Started again, the same training ends, on a CPU, with the same weights and
 * history as if nothing had happened. What it does then depends on how it ended:
 *
 * | before                                   | in a new process                   | fit called again |
 * | ---------------------------------------- | ---------------------------------- | ---------------- |
 * | killed, stopped by the user, or an error | goes on after the last whole epoch | goes on          |
 * | came to its end, without `done`          | does only what follows training    | trains again     |
 * | came to its end, and `done`              | trains again                       | trains again     |
 * | a fact has changed since                 | says which, and trains anew        |                  |
 *
 * To train again in the same process, a copy of the first weights and of the optimizer's first memory is held (28 MB for the
 * article's free layers).
 *
 * The batches must depend on nothing but facts and epoch: give them `firstEpoch`. A callback of your own that remembers
 * something needs `saveState` and `loadState` (`runState.Stateful`).
 * @throws  InputError, when fit begins, where another process works in `outputs`
 * @example const run = await callbacks.resumable({ outputs, model, facts: { SEED: 1, photos: digest }, resume: settings.resume });
 *          // 'Continues after epoch 3, the last that was finished. RESUME=0 begins anew.'
 *          const history = await callbacks.interruptible((interrupt) =>
 *            model.fitDataset(featureBatches(store, photos, { ...flow, firstEpoch: run.initialEpoch }), {
 *              epochs: 20, initialEpoch: run.initialEpoch,
 *              callbacks: run.callbacks([interrupt, log, checkpoint, earlyStopping]),
 *            }));
 *          // ... curves and a report are written ...
 *          await run.done();
 */
export async function resumable(options: ResumableOptions): Promise<ResumableRun> {
  const { outputs, model, name = 'training', resume = true, onNew, print = console.log } = options;
  const store = new RunStore(join(outputs, name, 'state'));
  const facts = { ...options.facts, ...factsOfWhatTrains(model) };
  const { state: found, sentence } = await choose(store, facts, resume);
  print(sentence);
  let state = found;
  // Goes back to the first weights and the optimizer's first state; for a training that ended within its first epoch, or is done.
  let goBack: (() => Promise<void>) | undefined;
  let unlock = async (): Promise<void> => undefined;
  const begin = async (interrupt: Interrupt | undefined): Promise<void> => {
    unlock = await lockForTraining(outputs);
    interrupt?.atEnd(unlock);
    const again = goBack !== undefined;
    // Also of a training that goes on: its state isn't in the model yet.
    goBack ??= await startingPoint(model);
    if (state !== undefined) return;
    if (again) await goBack();
    await store.remove();
    await onNew?.();
  };
  let finished = false;
  const keep = (written: RunState | undefined): void => {
    state = written;
    finished = written === undefined;
  };
  return {
    get initialEpoch() {
      return state === undefined ? 0 : state.ended ? Infinity : state.epochs;
    },
    callbacks: (list) => {
      const interrupt = list.find((callback): callback is Interrupt => callback instanceof Interrupt);
      const saver = new RunSaver({ list, interrupt, store, facts, state, keep, unlock: () => unlock(), print });
      return [new TakeOutputs(() => begin(interrupt)), ...list, saver];
    },
    done: async () => {
      if (finished) await putAway(store, facts, outputs);
      finished = false;
    },
  };
}

/** Goes before all others: a training that is refused its outputs folder has then changed nothing there. */
class TakeOutputs extends tf.Callback {
  constructor(private readonly take: () => Promise<void>) {
    super();
  }

  override async onTrainBegin(): Promise<void> {
    await this.take();
  }
}

async function putAway(store: RunStore, facts: RunFacts, outputs: string): Promise<void> {
  const free = await lockForTraining(outputs).catch((error: unknown) => {
    // Another process works there: no reason to end a cell whose work is done. The state stays, which costs nothing but room.
    if (error instanceof InputError) return undefined;
    throw error;
  });
  if (free === undefined) return;
  try {
    if (!(await store.holdsEndOf(facts))) return;
    if (await isPartOfRun(outputs)) await store.markDone();
    else await store.remove();
  } finally {
    await free();
  }
}

function factsOfWhatTrains(model: tf.LayersModel): RunFacts {
  const versions = { tfjs: tf.version_core, node: process.version };
  const device = gpuArithmetic();
  // Left out on a CPU, so that states made before it was noted go on.
  return { model: modelFacts(model), versions, ...(device && { device }) };
}

async function choose(
  store: RunStore,
  facts: RunFacts,
  resume: boolean,
): Promise<{ state?: RunState; sentence: string }> {
  const found = await readState(store);
  if (found === undefined) return { sentence: 'No unfinished training: begins with epoch 1.' };
  if (found instanceof InputError) return { sentence: `Begins anew. ${found.message}` };
  const kind = found.ended ? 'a finished training' : 'an unfinished training';
  const earlier = `${kind} (${found.epochs === 1 ? '1 epoch' : `${found.epochs} epochs`})`;
  if (!resume) return { sentence: `Begins anew, as RESUME=0 asks for; ${earlier} is dropped.` };
  const changed = changedFacts(found.facts, facts);
  if (changed !== undefined) return { sentence: `Begins anew: ${earlier} differs. ${changed}.` };
  const where = found.ended
    ? `All ${found.epochs} epochs were finished; what follows them is done now`
    : `Continues after epoch ${found.epochs}, the last that was finished`;
  return { state: found, sentence: `${where}. RESUME=0 begins anew.` };
}

async function readState(store: RunStore): Promise<RunState | InputError | undefined> {
  try {
    return await store.read();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}
