/** Training as one looks at it: a progress line, the epoch table and the curves, redrawn in place. */

import { writeFileAtomically } from '../files';
import { specToPng, trainingCurves, type EpochLog } from '../plots';
import { chartBundle, pngBundle } from './chart';
import { openOutput, type Bundle, type Output } from './kernel';
import { escapeHtml, tableBundle } from './table';

/** What there is to see at one moment of a training. */
export interface LiveView {
  /** One line: epoch, batch, loss, accuracy, time left. Once training has ended: how it ended, without timings. */
  progress: string;
  /** The epochs that have ended. */
  rows: readonly EpochLog[];
}

/** How a live display looks. */
export interface LiveOptions {
  /** Title of the curves; default theirs. */
  title?: string;
  /** Absolute path of a PNG that gets the final curves; default: none is written. */
  save?: string;
}

/** Two outputs updated in place: table with progress line, and curves. */
export interface LiveTraining {
  /** Shows a new state; more than two a second are left out, except for the end of an epoch. */
  update(view: LiveView): Promise<void>;
  /** Shows the last state, the curves now interactive too. */
  end(view: LiveView): Promise<void>;
}

// Faster than this is no use to the eye, and each update is a message that the browser must draw.
const MIN_INTERVAL_MS = 500;

const METRICS = ['loss', 'acc', 'val_loss', 'val_acc'] as const;

/**
 * Opens a live display in the running cell, with empty curves until the first epoch ends.
 * @example const display = show.live(); await display.update({ progress: 'epoch 1, batch 3 of 80', rows: [] });
 */
export function live(options: LiveOptions = {}): LiveTraining {
  const progress = openOutput();
  const curves = openOutput();
  let drawnRows = -1;
  let lastUpdate = 0;
  let drawing: Promise<void> = Promise.resolve();
  return {
    update(view) {
      const newEpoch = view.rows.length !== drawnRows;
      if (!newEpoch && Date.now() - lastUpdate < MIN_INTERVAL_MS) return drawing;
      lastUpdate = Date.now();
      progress.show(progressBundle(view));
      if (!newEpoch) return drawing;
      drawnRows = view.rows.length;
      drawing = drawing.then(() => drawCurves(curves, view.rows, { title: options.title }, false));
      return drawing;
    },
    end(view) {
      progress.show(progressBundle(view));
      drawing = drawing.then(() => drawCurves(curves, view.rows, options, true));
      return drawing;
    },
  };
}

async function drawCurves(
  output: Output,
  rows: readonly EpochLog[],
  options: LiveOptions,
  final: boolean,
): Promise<void> {
  const spec = trainingCurves(rows, options.title ? { title: options.title } : {});
  const png = await specToPng(spec);
  if (final && options.save) await writeFileAtomically(options.save, png);
  // While training goes on only the picture changes: an interactive chart would flicker at each epoch.
  output.show(final ? chartBundle(spec, png) : pngBundle(spec, png));
}

function progressBundle({ progress, rows }: LiveView): Bundle {
  const line = `<p>${escapeHtml(progress)}</p>`;
  if (rows.length === 0) return { data: { 'text/html': line, 'text/plain': progress } };
  const { data } = epochTable(rows);
  return {
    data: { 'text/html': `${String(data['text/html'])}\n${line}`, 'text/plain': `${data['text/plain']}\n${progress}` },
  };
}

function epochTable(rows: readonly EpochLog[]): Bundle {
  const lowest = Math.min(...rows.map((row) => row.val_loss ?? Infinity));
  const columns = METRICS.filter((metric) => rows.some((row) => row[metric] !== undefined));
  const fixed = (value: unknown): string => (typeof value === 'number' ? value.toFixed(4) : '');
  const best = rows.findIndex((row) => row.val_loss === lowest);
  return tableBundle(
    rows.map((row, i) => ({ ...row, best: i === best ? '✓' : '' })),
    {
      columns: ['epoch', ...columns, ...(best >= 0 ? ['best'] : [])],
      align: { best: 'center' },
      format: Object.fromEntries(columns.map((metric) => [metric, fixed])),
      maxRows: 1000,
    },
  );
}
