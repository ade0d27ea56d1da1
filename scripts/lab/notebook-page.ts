/** A notebook opened in JupyterLab: run it, wait for it, look at it. */

import type { Browser, Page } from 'playwright-core';
import type { JupyterServer } from './jupyter-server';

// Wide enough for a code line of 120 columns.
const WIDTH_PX = 1280;
const PIECE_HEIGHT_PX = 3000;
// What is asked inside the page, of JupyterLab itself.
const KERNEL_IS_READY = `(() => {
  const kernel = window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel;
  return kernel?.connectionStatus === 'connected' && kernel.status === 'idle';
})()`;
const NOTHING_RUNS = `(() => {
  const prompts = Array.from(document.querySelectorAll('.jp-CodeCell .jp-InputPrompt'), (prompt) => prompt.textContent);
  return prompts.length > 0 && !prompts.some((prompt) => prompt.includes('*'));
})()`;
const SCROLL_TO_TOP = `document.querySelector('.jp-WindowedPanel-outer').scrollTop = 0`;
const END_OF_LAST_CELL = `(() => {
  const cells = document.querySelectorAll('.jp-Notebook .jp-Cell');
  return Math.ceil(cells[cells.length - 1].getBoundingClientRect().bottom);
})()`;

/**
 * Opens a notebook in JupyterLab's single-document view and waits for its kernel to be ready.
 * @param path the notebook's path below the server's folder
 */
export async function openNotebook(browser: Browser, server: JupyterServer, path: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: WIDTH_PX, height: 1000 } });
  await page.goto(`${server.url}doc/tree/${path}`);
  await page.waitForFunction(KERNEL_IS_READY, undefined, { timeout: 90_000, polling: 200 });
  return page;
}

/** Run > Run All Cells, as a reader chooses it from the menu. */
export async function runAllCells(page: Page): Promise<void> {
  await page.click('.lm-MenuBar-item:has-text("Run")');
  await page.click('.lm-Menu-item[data-command="runmenu:run-all"]');
}

/**
 * Waits until no cell is running or queued any more.
 * @param timeoutMs longest wait
 * @throws playwright's TimeoutError
 */
export async function untilDone(page: Page, timeoutMs: number): Promise<void> {
  await page.waitForFunction(NOTHING_RUNS, undefined, { timeout: timeoutMs, polling: 500 });
}

/**
 * Takes pictures of a whole notebook, in pieces of at most 3,000 pixels' height.
 * @param page must show every cell: a server started with allCellsInPage
 * @returns    PNGs from top to bottom
 */
export async function picturesOf(page: Page): Promise<Buffer[]> {
  await page.evaluate(SCROLL_TO_TOP);
  // A margin for the status bar.
  const height = (await page.evaluate<number>(END_OF_LAST_CELL)) + 40;
  await page.setViewportSize({ width: WIDTH_PX, height });
  await page.evaluate(SCROLL_TO_TOP);
  // Charts and pictures are drawn anew in the larger page.
  await page.waitForTimeout(1500);
  const pieces: Buffer[] = [];
  for (let y = 0; y < height; y += PIECE_HEIGHT_PX) {
    const clip = { x: 0, y, width: WIDTH_PX, height: Math.min(PIECE_HEIGHT_PX, height - y) };
    pieces.push(await page.screenshot({ clip }));
  }
  return pieces;
}
