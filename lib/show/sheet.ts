/** Pictures in a grid with captions, drawn as one picture: it looks the same in every program that shows notebooks. */

import { COLORS, FONT, svgToJpeg, textWidth, wrapText } from '../plots';
import { escapeHtml } from './escape-html';
import type { Bundle } from './kernel';

/** One picture of a sheet. */
export interface SheetCell {
  /** The picture; absent where there is none to show. */
  picture?: { bytes: Uint8Array; type: 'image/jpeg' | 'image/png'; width: number; height: number };
  /** Why there is no picture, written in its place. */
  problem?: string;
  /** First line below it, up to two lines when wrapped. */
  caption: string;
  /** Second line below it, smaller. */
  note?: string;
  /** Framed, with its caption in the warning colour and a cross; default false. */
  wrong?: boolean;
}

/** How a sheet is laid out. */
export interface SheetOptions {
  /** Pictures in a row, at least 1. */
  columns: number;
  /** Width of each picture in pixels, as shown. */
  widthPx: number;
  /** A line above the sheet; default none. */
  title?: string;
}

/** Pixels of the picture per pixel shown: sharp enough for its text, and half the bytes of 2. */
export const SHEET_SCALE = 1.5;

// Height by width where there is no picture: that of CelebA's photos.
const EMPTY_SHAPE = 218 / 178;

const GAP = 14;
const CAPTION = { size: 12, line: 16 };
const NOTE = { size: 11, line: 15 };
const TITLE = { size: 15, line: 30 };
// Source: XML 1.0, fifth edition, production 2.
const NOT_IN_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

interface LaidOut extends SheetCell {
  lines: string[];
  notes: string[];
  pictureHeight: number;
}

/**
 * Draws the sheet.
 * @returns a bundle with the picture as JPEG and the captions as text
 */
export async function sheetBundle(cells: readonly SheetCell[], options: SheetOptions): Promise<Bundle> {
  const { svg, width, height } = layOut(cells, options);
  const jpeg = await svgToJpeg(svg, { scale: SHEET_SCALE });
  const captions = cells.map(({ caption, note, wrong }) => `${wrong ? '✗ ' : ''}${caption}${note ? ` (${note})` : ''}`);
  return {
    data: {
      'image/jpeg': Buffer.from(jpeg).toString('base64'),
      'text/plain': [options.title, ...captions].filter(Boolean).join('\n'),
    },
    metadata: { 'image/jpeg': { width, height, alt: `${cells.length} pictures: ${captions.join('; ')}` } },
  };
}

function layOut(cells: readonly SheetCell[], options: SheetOptions): { svg: string; width: number; height: number } {
  const { widthPx, title } = options;
  const columns = Math.max(1, Math.min(options.columns, cells.length));
  const laid = cells.map((cell) => measure(cell, widthPx));
  const grid = columns * widthPx + (columns + 1) * GAP;
  const width = Math.ceil(Math.max(grid, title ? textWidth(title, TITLE.size, true) + 2 * GAP : 0));
  const drawn: string[] = [];
  let y = GAP;
  if (title) {
    drawn.push(textAt(GAP, y + TITLE.size, title, `font-size="${TITLE.size}" font-weight="bold"`));
    y += TITLE.line;
  }
  for (let first = 0; first < laid.length; first += columns) {
    const row = laid.slice(first, first + columns);
    const pictureHeight = Math.max(...row.map((cell) => cell.pictureHeight));
    row.forEach((cell, i) => drawn.push(drawCell(cell, GAP + i * (widthPx + GAP), y, widthPx, pictureHeight)));
    y += pictureHeight + 6 + Math.max(...row.map(captionHeight)) + GAP;
  }
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${y}" font-family="${FONT}" fill="${COLORS.ink}">
<rect width="${width}" height="${y}" fill="white"/>${drawn.join('\n')}</svg>`;
  return { svg, width, height: y };
}

function measure(cell: SheetCell, widthPx: number): LaidOut {
  return {
    ...cell,
    lines: wrapText(cell.wrong ? `✗ ${cell.caption}` : cell.caption, CAPTION.size, widthPx),
    notes: cell.note ? wrapText(cell.note, NOTE.size, widthPx) : [],
    pictureHeight: Math.round(widthPx * (cell.picture ? cell.picture.height / cell.picture.width : EMPTY_SHAPE)),
  };
}

function captionHeight(cell: LaidOut): number {
  return cell.lines.length * CAPTION.line + cell.notes.length * NOTE.line;
}

function drawCell(cell: LaidOut, x: number, top: number, width: number, rowHeight: number): string {
  const height = cell.pictureHeight;
  const y = top + rowHeight - height;
  const parts = [drawPicture(cell, x, y, width, height)];
  if (cell.wrong) {
    const frame = `fill="none" stroke="${COLORS.vermilion}" stroke-width="3"`;
    parts.push(`<rect x="${x - 1.5}" y="${y - 1.5}" width="${width + 3}" height="${height + 3}" ${frame}/>`);
  }
  let baseline = top + rowHeight + 6;
  const color = cell.wrong ? COLORS.vermilion : COLORS.ink;
  for (const line of cell.lines) {
    baseline += CAPTION.line;
    parts.push(textAt(x, baseline - 3, line, `font-size="${CAPTION.size}" fill="${color}"`));
  }
  for (const line of cell.notes) {
    baseline += NOTE.line;
    parts.push(textAt(x, baseline - 3, line, `font-size="${NOTE.size}" fill="#555555"`));
  }
  return parts.join('');
}

function drawPicture({ picture, problem }: LaidOut, x: number, y: number, width: number, height: number): string {
  const box = `x="${x}" y="${y}" width="${width}" height="${height}"`;
  if (picture) {
    const address = `data:${picture.type};base64,${Buffer.from(picture.bytes).toString('base64')}`;
    // PNGs are pixels to look at (feature maps), JPEGs are photos.
    const rendering = picture.type === 'image/png' ? ' image-rendering="optimizeSpeed"' : '';
    return `<image ${box}${rendering} href="${address}"/>`;
  }
  const lines = wrapText(problem ?? '', NOTE.size, width - 12, 6);
  const first = y + (height - lines.length * NOTE.line) / 2 + NOTE.size;
  const look = `font-size="${NOTE.size}" fill="#555555"`;
  return `<rect ${box} fill="${COLORS.faint}"/>${lines.map((line, i) => textAt(x + 6, first + i * NOTE.line, line, look)).join('')}`;
}

function textAt(x: number, y: number, text: string, look: string): string {
  // A file's name may hold characters that XML has no way to write.
  const allowed = text.replace(NOT_IN_XML, '\uFFFD');
  return `<text x="${x}" y="${y}" ${look}>${escapeHtml(allowed)}</text>`;
}
