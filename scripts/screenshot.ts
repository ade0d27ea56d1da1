/** Pictures of a notebook as JupyterLab shows it. */

import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { endWith, OutsideFault, WrongUse } from './command';
import { findChromium, launchChromium } from './lab/browser';
import { startJupyterServer } from './lab/jupyter-server';
import { openNotebook, picturesOf, runAllCells, untilDone } from './lab/notebook-page';

const LONGEST_RUN_MS = 30 * 60_000;
const USAGE = 'npm run screenshot -- NOTEBOOK [--run] OUT.png';

async function main(): Promise<number> {
  const run = process.argv.includes('--run');
  const [notebook, out] = process.argv.slice(2).filter((argument) => argument !== '--run');
  if (out === undefined) throw wrongUse('too few words');
  if (!existsSync(notebook)) throw wrongUse(`no file ${notebook}`);
  const chromium = findChromium();
  if (chromium === undefined) throw noChromium();
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

function wrongUse(found: string): WrongUse {
  const remedy = 'Give both, such as notebooks/03-train.ipynb page.png';
  return new WrongUse({ where: 'screenshot', found, expected: 'a notebook and a file for its picture', remedy });
}

function noChromium(): OutsideFault {
  const remedy = 'Install it: apt-get install chromium';
  return new OutsideFault({ where: 'screenshot', found: 'no Chromium on PATH', expected: 'one to draw with', remedy });
}

endWith(main(), { usage: `Usage: ${USAGE}` });
