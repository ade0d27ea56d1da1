/** Training as one looks at it: a progress line, the epoch table and the curves, redrawn in place. */

import type { LiveDisplay, TrainingView } from '../callbacks';
import { writeFileAtomically } from '../files';
import { specToPng, trainingCurves, type EpochLog } from '../plots';
import { chartBundle, pngBundle } from './chart';
import { epochTable } from './epoch-table';
import { openOutput, type Bundle, type Output } from './kernel';
import { escapeHtml } from './escape-html';

/** How the display of a training looks. */
export interface LiveOptions {
  /** Title of the curves; default theirs. */
  title?: string;
  /** Log key of the accuracy in the curves; default `acc`. */
  accuracy?: string;
  /** Absolute path of a PNG that gets the final curves; default: none is written. */
  save?: string;
}

/** Two outputs, updated in place: epoch table with progress line, and curves. */
export interface LiveTraining extends LiveDisplay {
  /**
   * Shows a new state. The curves are redrawn when an epoch has ended; the last view (`done`) makes them interactive.
   * Of views that follow each other too fast within an epoch, some are left out.
   */
  update(view: TrainingView): Promise<void>;
}

// Faster than this the eye sees nothing, and each update is a message that the browser must draw.
const MIN_INTERVAL_MS = 100;

/**
 * Opens a live display in the running cell, with empty curves until the first epoch ends.
 * @example new callbacks.EpochProgress({ stepsPerEpoch: 134, display: show.live() })
 */
export function live(options: LiveOptions = {}): LiveTraining {
  const table = openOutput();
  const curves = openOutput();
  let drawnRows = -1;
  let lastUpdate = -Infinity;
  let drawing: Promise<void> = Promise.resolve();
  return {
    update(view) {
      const redraw = view.done || view.rows.length !== drawnRows;
      const now = performance.now();
      if (!redraw && now - lastUpdate < MIN_INTERVAL_MS) return drawing;
      lastUpdate = now;
      table.show(tableWithLine(view.rows, view.progress));
      if (!redraw) return drawing;
      drawnRows = view.rows.length;
      drawing = drawing.then(() => drawCurves(curves, view.rows, options, view.done));
      return drawing;
    },
  };
}

/**
 * Shows a training that has ended, or one read back from its log: the epoch table and the curves.
 * @param rows one per epoch
 * @example    await show.training(await callbacks.readTrainingLog(file))
 */
export async function training(rows: readonly EpochLog[], options: LiveOptions = {}): Promise<void> {
  const table = openOutput();
  const curves = openOutput();
  table.show(tableWithLine(rows, rows.length === 0 ? 'No epoch has ended yet' : ''));
  await drawCurves(curves, rows, options, true);
}

async function drawCurves(
  output: Output,
  rows: readonly EpochLog[],
  { title, accuracy, save }: LiveOptions,
  done: boolean,
): Promise<void> {
  const spec = trainingCurves(rows, { ...(title && { title }), ...(accuracy && { accuracy }) });
  const png = await specToPng(spec);
  if (done && save) await writeFileAtomically(save, png);
  // While training goes on only the picture changes: an interactive chart would flicker at each epoch.
  output.show(done ? chartBundle(spec, png) : pngBundle(spec, png));
}

function tableWithLine(rows: readonly EpochLog[], line: string): Bundle {
  const { data } = rows.length > 0 ? epochTable(rows) : { data: { 'text/html': '', 'text/plain': '' } };
  const html = [String(data['text/html']), line && `<p>${escapeHtml(line)}</p>`];
  const text = [data['text/plain'], line];
  return { data: { 'text/html': html.filter(Boolean).join('\n'), 'text/plain': text.filter(Boolean).join('\n') } };
}
