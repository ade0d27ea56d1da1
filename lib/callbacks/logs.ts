/** What training logs: tensors turned into numbers once, and an epoch as one row. */

import { InputError } from '../errors';
import { tf } from '../tensorflow/load';

/** Logs as tfjs hands them to callbacks: scalars, or numbers once somebody has read them. */
export type UnresolvedLogs = Record<string, number | tf.Scalar>;

/** Figures of one whole epoch; log keys as tfjs writes them. */
export interface EpochRow {
  /** One-based. */
  epoch: number;
  /** Mean training loss. */
  loss: number;
  /** Validation loss. */
  val_loss?: number;
  /** Share of outputs on the right side of 0.5 (tfjs's accuracy under binary cross-entropy), 0 to 1. */
  acc?: number;
  /** The same on the validation photos. */
  val_acc?: number;
  /** Share of photos whose largest output is the right one (Keras 3's accuracy), 0 to 1. */
  categoricalAccuracy?: number;
  /** The same on the validation photos. */
  val_categoricalAccuracy?: number;
  /** The optimizer's learning rate in this epoch. */
  learningRate?: number;
  /** How long the epoch took, validation included. */
  seconds?: number;
  /** Whatever else is logged. */
  [metric: string]: number | undefined;
}

/**
 * Reads the scalars in `logs` and puts their values in their place, for the callbacks that come after.
 * @param logs of a batch or an epoch; its tensors are disposed of
 * @returns    the same object, numbers only
 * @throws     InputError where a validation figure is missing because the validation data held no batch
 */
export async function resolveLogs(logs: UnresolvedLogs): Promise<Record<string, number>> {
  for (const [name, value] of Object.entries(logs)) {
    if (typeof value === 'number') continue;
    if (value === undefined) throw emptyValidation();
    logs[name] = (await value.data())[0];
    value.dispose();
  }
  return logs as Record<string, number>;
}

/**
 * Empties the logs of an epoch that was cut short, so that history, log and checkpoints hold whole epochs only.
 * @param logs of the epoch; its tensors are disposed of
 */
export function discardLogs(logs: UnresolvedLogs): void {
  for (const [name, value] of Object.entries(logs)) {
    if (value instanceof tf.Tensor) value.dispose();
    delete logs[name];
  }
}

/**
 * The row of an epoch.
 * @param epoch zero-based, as tfjs counts
 * @param logs  of its end
 * @returns     undefined where the epoch was cut short
 */
export async function epochRow(epoch: number, logs: UnresolvedLogs): Promise<EpochRow | undefined> {
  const numbers = await resolveLogs(logs);
  return 'loss' in numbers ? { epoch: epoch + 1, loss: numbers.loss, ...inOrder(numbers) } : undefined;
}

/**
 * The epoch whose model a checkpoint of the lowest validation loss keeps: the first of equals, never one without such a loss.
 * @param rows epochs of one training
 * @throws     InputError where the validation loss of none is a number
 * @example    bestEpoch([{ epoch: 1, loss: 1, val_loss: NaN }, { epoch: 2, loss: 1, val_loss: 0.3 }]).epoch // 2
 */
export function bestEpoch(rows: readonly EpochRow[]): EpochRow & { val_loss: number } {
  const judged = rows.filter((row): row is EpochRow & { val_loss: number } => Number.isFinite(row.val_loss));
  if (judged.length > 0) return judged.reduce((best, row) => (row.val_loss < best.val_loss ? row : best));
  throw new InputError({
    where: 'the training',
    found: 'no epoch whose validation loss is a number',
    expected: 'at least one',
    remedy: 'Train again (RESUME=0), with a lower learning rate if the loss became NaN',
  });
}

/** Training figures first, whatever order tfjs logged them in. */
function inOrder(numbers: Record<string, number>): Record<string, number> {
  const names = Object.keys(numbers);
  const isValidation = (name: string): boolean => name.startsWith('val_');
  const ordered = [...names.filter((name) => !isValidation(name)), ...names.filter(isValidation)];
  return Object.fromEntries(ordered.map((name) => [name, numbers[name]]));
}

function emptyValidation(): InputError {
  return new InputError({
    where: 'validation data',
    found: 'no batch',
    expected: 'at least one photo',
    remedy: 'Put some photos into the validation part, or call fit without validationData',
  });
}
