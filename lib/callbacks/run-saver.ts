/** The callback behind all others: keeps the state of a training at the end of each epoch, and puts it back when it begins. */

import { InputError } from '../errors';
import {
  changedFacts,
  factsOf,
  isStateful,
  loadOptimizer,
  loadWeights,
  optimizerState,
  weightsState,
  type PartState,
  type RunFacts,
  type RunState,
  type RunStore,
  type Stateful,
} from '../run-state';
import { tf } from '../tensorflow/load';
import type { Interrupt } from './interrupt';
import { resolveLogs, type UnresolvedLogs } from './logs';
import type { Print } from './monitor';

/** What `resumable` hands to its saver. */
export interface RunSaverOptions {
  /** The callbacks before it. */
  list: tf.Callback[];
  /** The one of them that ends training when the user asks for it. */
  interrupt: Interrupt | undefined;
  store: RunStore;
  facts: RunFacts;
  /** The state to go on from; undefined for a run that begins. */
  state: RunState | undefined;
  /** Told what was written after each epoch, and undefined once training has come to its end: what fit, called again, goes on from. */
  keep: (state: RunState | undefined) => void;
  /** Gives the outputs folder back. */
  unlock: () => Promise<void>;
  print: Print;
}

/** Must be the last callback: then all others have done their part of the epoch, and of the beginning. */
export class RunSaver extends tf.Callback {
  private readonly parts: Map<string, tf.Callback>;
  private state: RunState | undefined;
  private epochLogs: Record<string, number>[] = [];
  /** Of the last whole epoch; undefined before there is one. */
  private last: RunState | undefined;

  constructor(private readonly options: RunSaverOptions) {
    super();
    this.state = options.state;
    this.parts = named(options.list);
    this.checkCallbacks();
    options.interrupt?.deferStop();
  }

  override async onTrainBegin(): Promise<void> {
    this.epochLogs = [];
    this.last = this.state;
    if (this.state) await this.restore(this.state);
    this.state = undefined;
  }

  override async onEpochBegin(): Promise<void> {
    this.completeHistory();
  }

  override async onEpochEnd(_epoch: number, logs: UnresolvedLogs = {}): Promise<void> {
    const numbers = { ...(await resolveLogs(logs)) };
    // An epoch that was cut short has no figures, and is not kept.
    if (!('loss' in numbers)) return;
    this.epochLogs.push(numbers);
    const parts: Record<string, PartState> = {
      run: { values: { epochs: [...this.epochLogs], callbacks: this.callbackFacts() } },
      weights: await weightsState(this.model),
      optimizer: await optimizerState(this.model.optimizer),
    };
    for (const [name, part] of this.stateful()) parts[name] = apart(await part.saveState());
    // Of a whole epoch, the flag is the other callbacks' until `applyStop`.
    const ended = this.model.stopTraining;
    this.last = { facts: this.options.facts, epochs: this.epochLogs.length, ended, parts };
    await this.options.store.write(this.last);
    this.options.keep(this.last);
    this.options.interrupt?.applyStop();
  }

  override async onTrainEnd(): Promise<void> {
    const epochs = this.epochLogs.length;
    this.completeHistory();
    if (!this.stoppedByUser) {
      await this.keepUntilDone();
      this.options.keep(undefined);
    } else if (epochs > 0) {
      const goesOn = this.last?.ended
        ? `does what follows epoch ${epochs}, the last`
        : `continues after epoch ${epochs}`;
      this.options.print(`Run again, it ${goesOn}; with RESUME=0 it begins anew.`);
    }
    await this.options.unlock();
  }

  /** What follows training may be killed, too. An epoch that had no whole end, as of a loss that is no number, is in no state. */
  private async keepUntilDone(): Promise<void> {
    if (this.last === undefined) return;
    const whole = this.last.ended || this.last.epochs === this.params.epochs;
    if (!whole) await this.options.store.remove();
    else if (!this.last.ended) await this.options.store.write({ ...this.last, ended: true });
  }

  private get stoppedByUser(): boolean {
    return this.options.interrupt?.requested ?? false;
  }

  private stateful(): [string, Stateful][] {
    return [...this.parts].flatMap(([name, part]): [string, Stateful][] => (isStateful(part) ? [[name, part]] : []));
  }

  private callbackFacts(): RunFacts {
    return Object.fromEntries(
      [...this.parts].map(([name, part]) => [name, { stateful: isStateful(part), ...factsOf(part) }]),
    );
  }

  /** Too late to begin anew: the caller has already set `initialEpoch`. */
  private checkCallbacks(): void {
    if (this.state === undefined) return;
    const before = this.state.parts.run.values?.callbacks as RunFacts;
    const changed = changedFacts(before, this.callbackFacts());
    if (changed === undefined) return;
    throw new InputError({
      where: `callbacks of ${this.state.ended ? 'a finished' : 'an unfinished'} training`,
      found: changed,
      expected: 'those it began with',
      remedy: 'Put them back to continue, or set RESUME=0 to begin anew',
    });
  }

  private async restore({ parts }: RunState): Promise<void> {
    for (const [name, part] of this.stateful()) await part.loadState(apart(parts[name]));
    // After the callbacks: a checkpoint saves its best weights through the model.
    loadWeights(this.model, parts.weights);
    await loadOptimizer(this.model.optimizer, parts.optimizer);
    this.epochLogs = [...(parts.run.values?.epochs as Record<string, number>[])];
  }

  /** The epochs before the first of this process. tfjs empties its history after all `onTrainBegin`. */
  private completeHistory(): void {
    const { epoch, history } = this.model.history;
    this.epochLogs.slice(epoch.length).forEach((logs, index) => {
      epoch.push(index);
      for (const [name, value] of Object.entries(logs)) (history[name] ??= []).push(value);
    });
  }
}

/** With values of its own: a callback goes on changing its lists, and the state may be gone back to within this process. */
function apart({ values, arrays }: PartState): PartState {
  return { ...(values && { values: structuredClone(values) }), ...(arrays && { arrays }) };
}

/** Callbacks by their class; a second one of a class gets a number. */
function named(list: tf.Callback[]): Map<string, tf.Callback> {
  const parts = new Map<string, tf.Callback>();
  for (const callback of list) {
    const kind = callback.constructor.name;
    const alike = [...parts.keys()].filter((name) => name.split(' ')[0] === kind).length;
    parts.set(alike === 0 ? kind : `${kind} ${alike + 1}`, callback);
  }
  return parts;
}
