/** How far a long job is: one line redrawn in place on a terminal, a line now and then elsewhere. */

import { formatDuration } from './duration';
import { CLEAR_LINE, overLine, type TerminalOutput } from './terminal-line';

/** What is counted, and where it is shown. */
export interface ProgressOptions {
  /** All there is; undefined where it isn't known yet. */
  total?: number;
  /** `bytes`, or what is counted, such as `photos`. */
  unit: string;
  /** Default `process.stderr`. */
  output?: TerminalOutput;
  /** A clock in ms; default `performance.now`. */
  now?: () => number;
}

const REDRAW_MS = 200;
const PLAIN_MS = 30_000;
// The rate is that of the last seconds: a mean over all would hide that the connection got slow.
const RATE_WINDOW_MS = 10_000;
const BAR_WIDTH = 24;

/** One job's progress. */
export class ProgressBar {
  /** All there is, once it is known. */
  total: number | undefined;
  private readonly output: TerminalOutput;
  private readonly now: () => number;
  private readonly samples: { ms: number; done: number }[] = [];
  private shownMs = -Infinity;
  private shownTenth = 0;
  private drawn = false;

  constructor(private readonly options: ProgressOptions) {
    this.total = options.total;
    this.output = options.output ?? process.stderr;
    this.now = options.now ?? (() => performance.now());
  }

  /**
   * Shows how far it is, unless that was shown a moment ago.
   * @param done   of `total`
   * @param detail what it is at, such as a file's name
   */
  update(done: number, detail = ''): void {
    const ms = this.now();
    this.samples.push({ ms, done });
    while (this.samples.length > 2 && this.samples[1].ms < ms - RATE_WINDOW_MS) this.samples.shift();
    const tenth = this.total ? Math.floor((10 * done) / this.total) : 0;
    const due = this.output.isTTY
      ? ms - this.shownMs >= REDRAW_MS
      : tenth > this.shownTenth ||
        (this.shownMs > -Infinity ? ms - this.shownMs >= PLAIN_MS : done < (this.total ?? Infinity));
    if (!due) return;
    this.shownMs = ms;
    this.shownTenth = tenth;
    this.draw(done, detail);
  }

  /** Writes a line of its own above the bar. */
  say(line: string): void {
    this.output.write(`${this.drawn ? CLEAR_LINE : ''}${line}\n`);
    this.drawn = false;
    this.shownMs = -Infinity;
  }

  /** Takes the bar off the terminal. */
  end(): void {
    if (this.drawn) this.output.write(CLEAR_LINE);
    this.drawn = false;
  }

  private draw(done: number, detail: string): void {
    const { unit } = this.options;
    const total = this.total;
    const amount = (value: number): string => (unit === 'bytes' ? formatBytes(value) : value.toLocaleString('en-US'));
    const rate = this.rate();
    const parts = [
      total ? `${String(Math.floor((100 * done) / total)).padStart(3)} %` : '',
      `${amount(done)}${total ? ` of ${amount(total)}` : ''}${unit === 'bytes' ? '' : ` ${unit}`}`,
      rate > 0 ? `${unit === 'bytes' ? formatBytes(rate) : rate.toFixed(1)}/s` : '',
      rate > 0 && total && done < total ? `${formatDuration((total - done) / rate)} left` : '',
      detail,
    ].filter((part) => part !== '');
    if (!this.output.isTTY) return void this.output.write(`${parts.join('  ').trim()}\n`);
    const filled = total ? Math.min(BAR_WIDTH, Math.round((BAR_WIDTH * done) / total)) : 0;
    const bar = total ? `[${'#'.repeat(filled)}${'-'.repeat(BAR_WIDTH - filled)}] ` : '';
    this.output.write(overLine(`${bar}${parts.join('  ')}`, this.output));
    this.drawn = true;
  }

  /** Per second, over the last seconds. */
  private rate(): number {
    const [first, last] = [this.samples[0], this.samples[this.samples.length - 1]];
    return last.ms > first.ms ? (1000 * (last.done - first.done)) / (last.ms - first.ms) : 0;
  }
}

/**
 * A size as a person says it.
 * @example formatBytes(1443490838) // '1.4 GB'
 */
export function formatBytes(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toLocaleString('en-US', { maximumFractionDigits: 1 })} GB`;
  if (bytes >= 1e6) return `${(bytes / 1e6).toFixed(bytes >= 1e8 ? 0 : 1)} MB`;
  return bytes >= 1000 ? `${(bytes / 1000).toFixed(0)} kB` : `${Math.round(bytes)} bytes`;
}
