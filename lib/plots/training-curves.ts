/** Accuracy and loss by epoch, training beside validation, the best epoch marked. */

import type { ChartSpec } from './chart-spec';
import { tip, type Json } from './encodings';
import { COLORS, themed } from './theme';

/** One epoch's log, with tfjs's keys. */
export interface EpochLog {
  /** One-based. */
  epoch: number;
  /** Mean loss on the training photos. */
  loss?: number;
  /** Accuracy on the training photos, 0 to 1. */
  acc?: number;
  /** Loss on the validation photos. */
  val_loss?: number;
  /** Accuracy on the validation photos, 0 to 1. */
  val_acc?: number;
  /** Whatever else is logged. */
  [metric: string]: number | undefined;
}

/** What may be said beside the lines. */
export interface TrainingCurvesOptions {
  /** Default `Accuracy and loss by epoch`. */
  title?: string;
  /** Default: how many epochs, and which one had the lowest val_loss. */
  subtitle?: string;
  /** Log key of the accuracy that is drawn; default `acc`. */
  accuracy?: string;
}

const PANEL = { width: 290, height: 230 };
const SETS = ['training', 'validation'];

/**
 * Two panels side by side: accuracy and loss. Works with one epoch, and with none (empty axes).
 * @param rows one per epoch; missing values are left out of their line
 * @returns    a Vega-Lite 5 specification
 * @example    trainingCurves([{ epoch: 1, loss: 0.4, acc: 0.83, val_loss: 0.2, val_acc: 0.95 }])
 */
export function trainingCurves(rows: readonly EpochLog[], options: TrainingCurvesOptions = {}): ChartSpec {
  const best = bestEpochOf(rows);
  const { title = 'Accuracy and loss by epoch', subtitle = summaryOf(rows, best) } = options;
  const accuracy = linesOf(rows, options.accuracy ?? 'acc');
  const loss = linesOf(rows, 'loss');
  return themed({
    title: { text: title, subtitle },
    spacing: 40,
    hconcat: [
      panel(rows, accuracy, best, { title: 'accuracy (share correct)', format: '.0%', empty: [0.5, 1], most: 1 }),
      panel(rows, loss, best, { title: 'loss (cross-entropy)', empty: [0, 1] }),
    ],
  });
}

interface Point {
  epoch: number;
  set: string;
  value: number;
}

function linesOf(rows: readonly EpochLog[], metric: string): Point[] {
  return rows.flatMap((row) =>
    [row[metric], row[`val_${metric}`]].flatMap((value, i) =>
      typeof value === 'number' && Number.isFinite(value) ? [{ epoch: row.epoch, set: SETS[i], value }] : [],
    ),
  );
}

/**
 * The epoch of the lowest validation loss, the first of equals.
 * @returns undefined where no row has such a loss
 */
export function bestEpochOf(rows: readonly EpochLog[]): number | undefined {
  let best: EpochLog | undefined;
  for (const row of rows) {
    if (row.val_loss !== undefined && row.val_loss < (best?.val_loss ?? Infinity)) best = row;
  }
  return best?.epoch;
}

function summaryOf(rows: readonly EpochLog[], best: number | undefined): string {
  if (rows.length === 0) return 'the first epoch is running';
  const epochs = `${rows.length} ${rows.length === 1 ? 'epoch' : 'epochs'}`;
  return best === undefined ? epochs : `${epochs}; dashed: epoch ${best}, the lowest validation loss`;
}

interface PanelLook {
  title: string;
  format?: string;
  /** The axis's ends while there are no points. */
  empty: [number, number];
  /** What no value can be above; default nothing. None can be below 0. */
  most?: number;
}

function panel(rows: readonly EpochLog[], points: Point[], best: number | undefined, look: PanelLook): ChartSpec {
  const { x, y } = axesOf(rows, points, look);
  const legend = { title: null, orient: 'bottom', symbolStrokeWidth: 2, offset: 12 };
  const set = { field: 'set', type: 'nominal', legend };
  const color = { ...set, scale: { domain: SETS, range: [COLORS.blue, COLORS.vermilion] } };
  const shape = { ...set, scale: { domain: SETS, range: ['circle', 'square'] } };
  const tooltip = [tip('epoch', 'd'), tip('set'), tip('value', '.4f', look.title)];
  const rule = { type: 'rule', strokeDash: [4, 4], color: COLORS.gray };
  const dot = { type: 'point', filled: true, opacity: 1, size: 60 };
  return {
    ...PANEL,
    data: { values: points },
    layer: [
      { data: { values: best === undefined ? [] : [{ epoch: best }] }, mark: rule, encoding: { x } },
      { mark: { type: 'line', strokeWidth: 2 }, encoding: { x, y, color } },
      { mark: dot, encoding: { x, y, color, shape, tooltip } },
    ],
  };
}

function axesOf(rows: readonly EpochLog[], points: Point[], look: PanelLook): { x: Json; y: Json } {
  const last = Math.max(1, ...rows.map((row) => row.epoch));
  const x = {
    field: 'epoch',
    type: 'quantitative',
    title: 'epoch',
    scale: { domain: [0.5, last + 0.5], nice: false },
    axis: { values: epochTicks(last), format: 'd', grid: false },
  };
  const y = {
    field: 'value',
    type: 'quantitative',
    title: look.title,
    scale: { zero: false, nice: false, domain: points.length > 0 ? valueDomain(points, look) : look.empty },
    // One width whatever the numbers, or the curves would jump sideways when they are redrawn.
    axis: { ...(look.format && { format: look.format }), tickCount: 6, minExtent: 44 },
  };
  return { x, y };
}

// A little room beyond the points, but none where no value can be, such as an accuracy of 102 %.
function valueDomain(points: readonly Point[], { most = Infinity }: PanelLook): [number, number] {
  const values = points.map(({ value }) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = Math.max(0.05 * (high - low), 0.005);
  return [Math.max(0, low - room), Math.min(most, high + room)];
}

// At most 11 ticks, on whole epochs.
function epochTicks(last: number): number[] {
  const step = Math.ceil(last / 11);
  return Array.from({ length: Math.ceil(last / step) }, (_, i) => 1 + i * step);
}
