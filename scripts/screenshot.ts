/** Pictures of a notebook as JupyterLab shows it: node -r ts-node/register/transpile-only scripts/screenshot.ts NOTEBOOK [--run] OUT.png */

import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { findChromium, launchChromium } from './lab/browser';
import { startJupyterServer } from './lab/jupyter-server';
import { openNotebook, picturesOf, runAllCells, untilDone } from './lab/notebook-page';

const LONGEST_RUN_MS = 30 * 60_000;

async function main(): Promise<number> {
  const run = process.argv.includes('--run');
  const [notebook, out] = process.argv.slice(2).filter((argument) => argument !== '--run');
  const chromium = findChromium();
  if (out === undefined) return fail('Usage: scripts/screenshot.ts NOTEBOOK [--run] OUT.png');
  if (chromium === undefined) return fail('No Chromium found on PATH. Install it: apt-get install chromium');
  // A copy: JupyterLab saves what it has open.
  const folder = mkdtempSync(join(tmpdir(), 'screenshot-'));
  copyFileSync(notebook, join(folder, basename(notebook)));
  const server = await startJupyterServer(folder, { allCellsInPage: true });
  const ends = [() => server.stop()];
  try {
    const browser = await launchChromium(chromium);
    ends.unshift(() => browser.close());
    const page = await openNotebook(browser, server, basename(notebook));
    if (run) {
      await runAllCells(page);
      await page.waitForTimeout(2000);
      await untilDone(page, LONGEST_RUN_MS);
    }
    const pieces = await picturesOf(page);
    for (const [i, piece] of pieces.entries()) console.log(write(piece, out, i));
  } finally {
    for (const end of ends) await end();
    rmSync(folder, { recursive: true, force: true });
  }
  return 0;
}

function write(piece: Buffer, out: string, i: number): string {
  const file = i === 0 ? out : out.replace(/(\.png)?$/, `-${i + 1}.png`);
  writeFileSync(file, piece);
  return file;
}

function fail(message: string): number {
  console.error(message);
  return 2;
}

void main().then((code) => (process.exitCode = code));
