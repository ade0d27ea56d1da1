/** How set-up's steps are shown: each with its line, those that run at the same time too. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { projectPath } from 'celeba-lab/dist/project';

interface Line {
  detail(text: string): void;
  done(): void;
  failed(how?: string): void;
}

interface ProgressModule {
  createProgress: (stream: object, now: () => number) => { begin(title: string, index: number, count: number): Line };
}

/** Stands for stderr; what it shows in the end, as a terminal would. */
class Screen {
  columns = 40;
  written = '';

  constructor(readonly isTTY: boolean) {}

  write(text: string): void {
    this.written += text;
  }

  get lines(): string[] {
    const lines = [''];
    let row = 0;
    // eslint-disable-next-line no-control-regex -- what a terminal is told, not text
    for (const [, up, rest, text] of this.written.matchAll(/\x1b\[(?:(\d+)A|(J))|(\n|\r|[^\x1b\n\r]+)/g)) {
      if (up) row -= Number(up);
      else if (rest) lines.splice(row, Infinity, '');
      else if (text === '\n') lines[++row] ??= '';
      else if (text !== '\r') lines[row] += text;
    }
    return lines;
  }
}

async function begin(screen: Screen, ...titles: string[]): Promise<{ lines: Line[]; clock: { ms: number } }> {
  const { createProgress } = (await import(
    pathToFileURL(projectPath('scripts/setup/progress.mjs')).href
  )) as ProgressModule;
  const clock = { ms: 0 };
  const progress = createProgress(screen, () => clock.ms);
  return { lines: titles.map((title, i) => progress.begin(title, i + 1, titles.length)), clock };
}

test('on a terminal each step under way has a line, drawn over, and what has ended stands above', async () => {
  const screen = new Screen(true);
  const { lines, clock } = await begin(screen, 'npm', 'pip');
  assert.deepEqual(screen.lines, ['[1/2] npm  0:00  ', '[2/2] pip  0:00  ']);
  clock.ms = 65_000;
  lines[1].detail('a detail that is far too long for the line');
  lines[0].done();
  assert.deepEqual(screen.lines, ['[1/2] npm: done in 1 min 5 s', '[2/2] pip  1:05  a detail that is far t']);
  lines[1].failed();
  assert.deepEqual(screen.lines, ['[1/2] npm: done in 1 min 5 s', '[2/2] pip: failed after 1 min 5 s', '']);
});

test('elsewhere each step has plain lines: its begin, its detail every ten seconds, its end', async () => {
  const screen = new Screen(false);
  const { lines, clock } = await begin(screen, 'npm', 'pip');
  clock.ms = 9_999;
  lines[0].detail('early');
  clock.ms = 10_000;
  lines[1].detail('80 of 119');
  lines[1].failed('interrupted');
  lines[0].done();
  assert.deepEqual(screen.lines, [
    '[1/2] npm ...',
    '[2/2] pip ...',
    '[2/2] pip  0:10  80 of 119',
    '[2/2] pip: interrupted after 10.0 s',
    '[1/2] npm: done in 10.0 s',
    '',
  ]);
});
