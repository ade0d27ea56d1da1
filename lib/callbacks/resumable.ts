/** A training that a killed process, a full disk or a loss of power doesn't send back to its first epoch. */

import { join } from 'node:path';
import { InputError } from '../errors';
import { lockForTraining } from '../project';
import { changedFacts, modelFacts, RunStore, type RunFacts, type RunState } from '../run-state';
import { tf } from '../tensorflow/load';
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
  /** Whole epochs that lie behind, 0 or more: for `initialEpoch` of fit, and `firstEpoch` of the batches. */
  initialEpoch: number;
  /** The callbacks for fit, in the given order, with the one behind them that keeps their state, the model's and its optimizer's. */
  callbacks(list: tf.Callback[]): tf.Callback[];
}

/**
 * Prepares a training that can be killed at any moment. At the end of each epoch all that the next one depends on is
 * written to the disk, whole or not at all. When the same training is started again, it goes on after its last whole
 * epoch and ends with the same weights and history as if nothing had happened. If a fact has changed it says which and
 * begins anew. A training that has come to its end leaves no state: started again, it trains again. One that was
 * stopped by Ctrl+C or the stop button counts as unfinished.
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
 */
export async function resumable(options: ResumableOptions): Promise<ResumableRun> {
  const { outputs, model, name = 'training', resume = true, onNew, print = console.log } = options;
  const store = new RunStore(join(outputs, name, 'state'));
  const facts = {
    ...options.facts,
    model: modelFacts(model),
    versions: { tfjs: tf.version_core, node: process.version },
  };
  const { state: found, sentence } = await choose(store, facts, resume);
  print(sentence);
  let state = found;
  const begin = async (): Promise<() => Promise<void>> => {
    const unlock = await lockForTraining(outputs);
    if (state === undefined) {
      await store.remove();
      await onNew?.();
    }
    // Used once: the same call of fit, made again, goes on from the weights as they are, as it does without this.
    state = undefined;
    return unlock;
  };
  return {
    get initialEpoch() {
      return state === undefined ? 0 : state.ended ? Infinity : state.epochs;
    },
    callbacks: (list) => [...list, new RunSaver({ list, store, facts, state, begin, print })],
  };
}

async function choose(
  store: RunStore,
  facts: RunFacts,
  resume: boolean,
): Promise<{ state?: RunState; sentence: string }> {
  const found = await readState(store);
  if (found === undefined) return { sentence: 'No unfinished training: begins with epoch 1.' };
  if (found instanceof InputError) return { sentence: `Begins anew. ${found.message}` };
  const unfinished = `an unfinished training (${found.epochs === 1 ? '1 epoch' : `${found.epochs} epochs`})`;
  if (!resume) return { sentence: `Begins anew, as RESUME=0 asks for; ${unfinished} is dropped.` };
  const changed = changedFacts(found.facts, facts);
  if (changed !== undefined) return { sentence: `Begins anew: ${unfinished} differs. ${changed}.` };
  if (found.ended)
    return { state: found, sentence: `All ${found.epochs} epochs were finished; what follows them is done now.` };
  return {
    state: found,
    sentence: `Continues after epoch ${found.epochs}, the last that was finished. RESUME=0 begins anew.`,
  };
}

async function readState(store: RunStore): Promise<RunState | InputError | undefined> {
  try {
    return await store.read();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}
