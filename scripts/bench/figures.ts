/** From single measurements to the figures of npm run bench. */

import type { FinetuneTurn, ForwardTurn, LoadingTurn, TailTurn } from './messages';
import { EPOCHS, type BenchPlan } from './plan';

/** Ratios above 1 are our advantage, but for the last, which is best at 1. */
export interface Ratios {
  finetune_cold: number;
  finetune_warm: number;
  forward: number;
  /** Null where the CPU doesn't compute in bfloat16. */
  forward_bfloat16: number | null;
  loading: number;
  tail_step_over_convolutions: number;
}

/** What each ratio is meant to be: at least, the last at most. */
export const GOALS: Ratios = {
  ...{ finetune_cold: 2.7, finetune_warm: 4.5, forward: 1, forward_bfloat16: 2, loading: 1 },
  tail_step_over_convolutions: 1.15,
};

/** All turns of a comparison. */
export interface Measurements {
  finetune: { ours: FinetuneTurn[]; keras: FinetuneTurn[] };
  forward: { ours: ForwardTurn[]; keras: ForwardTurn[] };
  loading: { ours: LoadingTurn[]; keras: LoadingTurn[] };
  tail: TailTurn[];
}

/** Times of fine-tuning on one side. */
export interface FinetuneFigures {
  /** Medians in milliseconds. */
  trainStepMs: number;
  validationStepMs: number;
  extractMsPerPhoto: number;
  /** Seconds that the measured steps took, waits for data included; and those in which no step ran. */
  wallSeconds: number;
  stalledSeconds: number;
  /** Longest single stall. */
  longestStallSeconds: number;
  /** Steps that were measured. */
  steps: number;
}

/** Photos of a whole run. */
export interface RunSize {
  trainCount: number;
  validationCount: number;
}

/** @throws Error where there is no value */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error('No median of no value.');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Medians and sums of one side's turns. */
export function finetuneFigures(turns: readonly FinetuneTurn[]): FinetuneFigures {
  const train = turns.flatMap((turn) => turn.train ?? []);
  const validation = turns.flatMap((turn) => turn.validation ?? []);
  const extracted = turns.flatMap((turn) => turn.extracted ?? []);
  const stalled = turns.flatMap((turn) => turn.stalled ?? []);
  const ms = [...train, ...validation, ...stalled, ...extracted.map((one) => one.ms)];
  return {
    trainStepMs: median(train),
    validationStepMs: median(validation),
    extractMsPerPhoto: extracted.length ? median(extracted.map((one) => one.ms / one.photos)) : 0,
    wallSeconds: sum(ms) / 1000,
    stalledSeconds: sum(stalled) / 1000,
    longestStallSeconds: Math.max(0, ...stalled) / 1000,
    steps: train.length + validation.length,
  };
}

/**
 * Reckons a whole fine-tuning from medians: six epochs of all training and validation steps.
 * @param cold whether the frozen features have to be computed first, once for each photo
 * @returns    seconds, stalls left out
 */
export function reckonSeconds(
  figures: FinetuneFigures,
  { trainCount, validationCount }: RunSize,
  { batchSize }: Pick<BenchPlan, 'batchSize'>,
  cold: boolean,
): number {
  const epoch =
    Math.ceil(trainCount / batchSize) * figures.trainStepMs +
    Math.ceil(validationCount / batchSize) * figures.validationStepMs;
  const once = cold ? (trainCount + validationCount) * figures.extractMsPerPhoto : 0;
  return (EPOCHS * epoch + once) / 1000;
}

/** Photos a second, the median of all passes, by loader. */
export function loadingRates(turns: readonly LoadingTurn[]): Record<string, number> {
  const names = Object.keys(turns[0].photosPerSecond);
  return Object.fromEntries(names.map((name) => [name, median(turns.map((turn) => turn.photosPerSecond[name]))]));
}

/** The ratios that npm run bench is about. */
export function ratiosOf(measured: Measurements, size: RunSize, plan: Pick<BenchPlan, 'batchSize'>): Ratios {
  const ours = finetuneFigures(measured.finetune.ours);
  const keras = finetuneFigures(measured.finetune.keras);
  const kerasSeconds = reckonSeconds(keras, size, plan, false);
  const kerasForward = median(measured.forward.keras.map(({ ms }) => ms));
  const half = measured.forward.ours.flatMap(({ bfloat16Ms }) => bfloat16Ms ?? []);
  const [ourRate] = Object.values(loadingRates(measured.loading.ours));
  const kerasRate = Math.max(...Object.values(loadingRates(measured.loading.keras)));
  return {
    finetune_cold: kerasSeconds / reckonSeconds(ours, size, plan, true),
    finetune_warm: kerasSeconds / reckonSeconds(ours, size, plan, false),
    forward: kerasForward / median(measured.forward.ours.map(({ ms }) => ms)),
    forward_bfloat16: half.length ? kerasForward / median(half) : null,
    loading: ourRate / kerasRate,
    tail_step_over_convolutions:
      median(measured.tail.map(({ stepMs }) => stepMs)) / median(measured.tail.map((turn) => turn.convolutionsMs)),
  };
}

/** Whether both sides computed the same: features of the frozen layers, and pixels of photos, bit for bit. */
export function equality({ forward, loading }: Measurements): { features: boolean; pixels: boolean } {
  const same = (sides: Record<'ours' | 'keras', { sha256: string }[]>) =>
    new Set([...sides.ours, ...sides.keras].map(({ sha256 }) => sha256)).size === 1;
  return { features: same(forward), pixels: same(loading) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
