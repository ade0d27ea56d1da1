/** A count that goes up in place while something is worked through. */

import { openOutput } from './kernel';
import { escapeHtml } from './escape-html';

/** A line of the running cell. */
export interface ProgressLine {
  /** Shows how far it is; more than two a second are left out, except for the last. */
  update(done: number, total: number): void;
}

// Faster than this is no use to the eye, and each update is a message that the browser must draw.
const MIN_INTERVAL_MS = 500;

/**
 * Opens a progress line in the running cell. Its last state has no timing in it, so a notebook run again stays as it was.
 * @param what what is counted, such as `photos checked`
 * @example    const line = show.progressLine('photos checked'); line.update(120, 440); // 'photos checked: 120 of 440'
 */
export function progressLine(what: string): ProgressLine {
  const output = openOutput();
  let lastUpdate = 0;
  return {
    update(done, total) {
      if (done < total && Date.now() - lastUpdate < MIN_INTERVAL_MS) return;
      lastUpdate = Date.now();
      const text = `${what}: ${done.toLocaleString('en-US')} of ${total.toLocaleString('en-US')}`;
      output.show({ data: { 'text/html': `<p>${escapeHtml(text)}</p>`, 'text/plain': text } });
    },
  };
}
