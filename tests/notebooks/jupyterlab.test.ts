/** 03-train in a real JupyterLab in a real Chromium: Run All, and the plot is drawn. */

import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { callbacks } from 'celeba-lab';
import type { Browser, Page } from 'playwright-core';
import { findChromium, launchChromium } from '../../scripts/lab/browser';
import { startJupyterServer, type JupyterServer } from '../../scripts/lab/jupyter-server';
import { openNotebook, runAllCells, untilDone } from '../../scripts/lab/notebook-page';
import { normaliseNotebook } from '../../scripts/start/normalise-notebook';
import type { NotebookFile } from '../../scripts/start/notebook-file';
import { sourceOf } from './house-rules';
import { prepareTinyRun } from './tiny-run';

const NOTEBOOK = join('notebooks', '03-train.ipynb');
const LONGEST_RUN_MS = 10 * 60_000;
const chromium = findChromium();
const skip =
  chromium === undefined && 'no Chromium found on PATH: apt-get install chromium, then npm test -- jupyterlab';

describe('03-train in JupyterLab', { skip }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'jupyterlab-'));
  let server: JupyterServer | undefined;
  let browser: Browser | undefined;
  let page: Page;
  let savedText: string;

  before(async () => {
    const env = await prepareTinyRun(folder);
    mkdirSync(join(folder, 'notebooks'));
    copyFileSync(resolve(__dirname, '..', '..', NOTEBOOK), join(folder, NOTEBOOK));
    server = await startJupyterServer(folder, { env, allCellsInPage: true });
    browser = await launchChromium(chromium!);
    page = await openNotebook(browser, server, NOTEBOOK);
    await clearOutputs(page);
    await runAllCells(page);
    await page.waitForSelector('.jp-CodeCell .jp-InputPrompt:has-text("[*]")', { timeout: 60_000 });
    await untilDone(page, LONGEST_RUN_MS);
    await page.evaluate(`window.jupyterapp.commands.execute('docmanager:save')`);
    savedText = readFileSync(join(folder, NOTEBOOK), 'utf8');
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('every cell runs, and none writes an error', async () => {
    const prompts = await page.locator('.jp-CodeCell .jp-InputPrompt').allTextContents();
    assert.ok(prompts.length > 10 && prompts.every((prompt) => /^\[\d+\]:$/.test(prompt)), prompts.join(' '));
    const errors = await page.locator('[data-mime-type="application/vnd.jupyter.stderr"]').allTextContents();
    assert.deepEqual(errors, []);
  });

  test('the training cell shows one chart, drawn by vega, with more than a blank picture', async () => {
    const charts = fitCell(page).locator('.vega-embed');
    assert.equal(await charts.count(), 1);
    const drawing = charts.locator('canvas, svg').first();
    await drawing.scrollIntoViewIfNeeded();
    assert.ok((await coloursOf(page, await drawing.screenshot())) > 20);
  });

  test('the training cell shows the epoch table, one line for each epoch of the log', async () => {
    const table = fitCell(page).locator('table').last();
    const rows = await callbacks.readTrainingLog(join(folder, 'outputs', 'training', 'log.jsonl'));
    assert.match(await table.innerText(), /epoch[^]*loss/i);
    assert.equal(await table.locator('tbody tr').count(), rows.length);
  });

  test('the saved file holds no counters and no times: saving changes nothing but outputs that have changed', () => {
    const saved = JSON.parse(savedText) as NotebookFile;
    assert.equal(savedText, normaliseNotebook(saved, saved));
  });

  test('the display was redrawn in place: the saved cell holds it once, as chart and as PNG', () => {
    const { cells } = JSON.parse(savedText) as NotebookFile;
    const outputs = cells.find((cell) => sourceOf(cell).includes('learner.fitDataset'))?.outputs ?? [];
    const charts = outputs.filter(({ data = {} }) => 'application/vnd.vegalite.v5+json' in data);
    assert.equal(charts.length, 1);
    assert.equal(typeof charts[0].data?.['image/png'], 'string');
  });
});

/** The cell that trains. */
function fitCell(page: Page) {
  return page.locator('.jp-CodeCell', { hasText: 'learner.fitDataset' });
}

async function clearOutputs(page: Page): Promise<void> {
  await page.evaluate(`window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')`);
}

/** How many colours a picture has. */
async function coloursOf(page: Page, png: Buffer): Promise<number> {
  return page.evaluate<number>(`(async () => {
    const picture = new Image();
    picture.src = 'data:image/png;base64,${png.toString('base64')}';
    await picture.decode();
    const canvas = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
    canvas.drawImage(picture, 0, 0);
    const pixels = new Uint32Array(canvas.getImageData(0, 0, picture.width, picture.height).data.buffer);
    return new Set(pixels).size;
  })()`);
}
