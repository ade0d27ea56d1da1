/** Shows a run: one line redrawn in place on a terminal, plain lines elsewhere. */

import { formatDuration } from '../progress/duration';
import { CLEAR_LINE, overLine, type TerminalOutput } from '../progress/terminal-line';
import { labelCells, type CellLabel, type NotebookFile } from './notebook-file';
import type { NotebookEvent } from './run-notebook';

const REDRAW_MS = 250;
// Without a terminal, a long cell gives a sign of life this often.
const SIGN_OF_LIFE_MS = 10_000;
// Keras's messages and the figures of a whole epoch stay on the screen.
const EPOCH = /^Epoch \d+( of \d+)?: /;
// So does whatever a cell says in words to its end, a full stop: that training begins anew or ends early, that photos can't be
// read. Figures, tables and progress have none, and are for the executed notebook.
const SENTENCE = /^\S.*\s.*[^.\s]\.$/;
// A cell that says more floods the screen; all of it is in the executed notebook.
const MOST_SENTENCES = 20;
const PROGRESS = /\d of \d/;

/** The cell that is running. */
interface RunningCell {
  label: CellLabel;
  beganMs: number;
  detail: string;
  stderr: string;
  /** Lines that were printed to stay, each once: a display repeats its last line. */
  printed: Set<string>;
  /** Sentences and warnings, printed or left out. */
  sentenceCount: number;
}

/** One notebook's run, shown as its events come. */
export class RunView {
  private readonly labels: Map<number, CellLabel>;
  private readonly beganMs: number;
  private readonly timer: NodeJS.Timeout;
  private cell: RunningCell | undefined;
  private last: CellLabel | undefined;
  private trouble = '';
  private line = '';

  /**
   * @param name     the notebook's name, without its ending
   * @param notebook its cells
   * @param output   default `process.stdout`
   */
  constructor(
    private readonly name: string,
    notebook: NotebookFile,
    private readonly output: TerminalOutput = process.stdout,
  ) {
    this.labels = labelCells(notebook);
    this.beganMs = performance.now();
    this.timer = setInterval(() => this.redraw(), output.isTTY ? REDRAW_MS : SIGN_OF_LIFE_MS);
    if (!output.isTTY) output.write(`${name}\n`);
    else this.redraw();
  }

  /**
   * Follows one event. Epochs and sentences of a cell stay on the screen as they come; what it wrote to stderr does when it
   * has ended well, as until then that may be the reason for its failure.
   */
  handle(event: NotebookEvent): void {
    if (event.event === 'cell') this.begin(event.cell);
    if (event.event === 'stream' && event.name === 'stderr' && this.cell) this.cell.stderr += event.text;
    if (event.event === 'stream' && event.name === 'stdout') this.follow(event.text);
    if (event.event === 'shown') this.showProgress(event.text.trimEnd().split('\n').at(-1) ?? '');
    if (event.event === 'cell-done' && !event.failed) this.finish(event.seconds);
    if (event.event === 'kernel-lost' || event.event === 'not-written') this.trouble += `${event.message}\n`;
  }

  /** Where the run is: at the cell that is running, or failed; after the last one that ended; or before the first. */
  get place(): string {
    if (!this.last) return 'before its first cell';
    const { number, heading } = this.last;
    return `${this.cell ? '' : 'after '}cell ${number} of ${this.labels.size} (${heading})`;
  }

  /** What tells why it failed: what the cell that is running, or failed, wrote to stderr, and what befell the run itself. */
  get reason(): string {
    return `${this.cell?.stderr ?? ''}${this.trouble}`;
  }

  /** Ends the display of this notebook. */
  end(ok: boolean): void {
    clearInterval(this.timer);
    const seconds = (performance.now() - this.beganMs) / 1000;
    const count = this.labels.size === 1 ? '1 cell' : `${this.labels.size} cells`;
    if (this.output.isTTY) this.output.write(CLEAR_LINE);
    if (ok)
      this.output.write(
        `${this.output.isTTY ? this.name.padEnd(16) : '  done:'} ${count}, ${formatDuration(seconds)}\n`,
      );
  }

  private begin(index: number): void {
    const label = this.labels.get(index) ?? { number: 0, heading: '' };
    this.cell = { label, beganMs: performance.now(), detail: '', stderr: '', printed: new Set(), sentenceCount: 0 };
    this.last = label;
    this.line = '';
    if (this.output.isTTY) this.redraw();
  }

  private finish(seconds: number): void {
    // Its last line may lack an end.
    this.follow('\n');
    for (const line of this.cell?.stderr.split(/[\n\r]/) ?? []) if (line.trim() !== '') this.tell(line);
    if (!this.output.isTTY && this.cell) this.output.write(`  ${this.title(this.cell)}  ${formatDuration(seconds)}\n`);
    this.cell = undefined;
  }

  private follow(text: string): void {
    const lines = `${this.line}${text}`.split(/[\n\r]/);
    this.line = lines.pop() ?? '';
    for (const line of lines) {
      this.show(line);
      if (!EPOCH.test(line) && SENTENCE.test(line.trimEnd())) this.tell(line);
    }
  }

  /** A picture's or a table's last line tells nothing of how far the cell is. */
  private showProgress(line: string): void {
    if (PROGRESS.test(line)) this.show(line);
  }

  private show(line: string): void {
    if (!this.cell || line.trim() === '') return;
    this.cell.detail = line.trim();
    if (EPOCH.test(line)) this.print(line);
  }

  private tell(line: string): void {
    if (!this.cell || this.cell.printed.has(line)) return;
    this.cell.sentenceCount += 1;
    if (this.cell.sentenceCount <= MOST_SENTENCES) this.print(line);
    else this.print('More is in the executed notebook.');
  }

  /** Prints a line that stays, once a cell. */
  private print(line: string): void {
    if (!this.cell || this.cell.printed.has(line)) return;
    this.cell.printed.add(line);
    this.output.write(`${this.output.isTTY ? CLEAR_LINE : ''}    ${line}\n`);
    if (this.output.isTTY) this.redraw();
  }

  private title({ label }: RunningCell): string {
    return `${String(label.number).padStart(2)}/${this.labels.size}  ${label.heading}`;
  }

  private redraw(): void {
    if (!this.cell) {
      // Between two cells the last one's line stays.
      if (this.output.isTTY && !this.last) this.output.write(`${CLEAR_LINE}${this.name}  starting the kernel`);
      return;
    }
    const seconds = formatDuration((performance.now() - this.cell.beganMs) / 1000);
    const parts = [this.title(this.cell), seconds, this.cell.detail].filter((part) => part !== '');
    if (!this.output.isTTY) return void this.output.write(`  ${parts.join('  ')}\n`);
    this.output.write(overLine(`${this.name}  ${parts.join('  ')}`, this.output));
  }
}
