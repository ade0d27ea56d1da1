/** What one part of a training (the model, its optimizer, a callback) must remember to go on after a crash. */

/** The memory of one part: plain values, and large arrays of numbers. */
export interface PartState {
  /** Anything that JSON can hold; NaN and infinities are kept too. */
  values?: Record<string, unknown>;
  /** Weights and the like, bit for bit; the same arrays in two parts are stored once. */
  arrays?: Float32Array[];
}

/** A part of a training that can be asked what to remember, and told it again in a later process. */
export interface Stateful {
  /** What to remember at the end of an epoch; must not share memory that changes later. */
  saveState(): PartState | Promise<PartState>;
  /** Goes on from what was remembered; called when training begins, after `onTrainBegin`. */
  loadState(state: PartState): void | Promise<void>;
}

/** A part whose settings change what training comes to. */
export interface Described {
  /** These settings by name; compared when a training goes on. */
  facts(): Record<string, unknown>;
}

/** The settings of a part; none where it has none. */
export function factsOf(part: object): Record<string, unknown> {
  return 'facts' in part ? (part as Described).facts() : {};
}

/** Whether something remembers a state. */
export function isStateful(part: object): part is Stateful {
  return 'saveState' in part && 'loadState' in part;
}
