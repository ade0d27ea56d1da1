/** How wide a text is in DejaVu Sans, read from the font file itself: the server has no browser to ask. */

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The font files that charts and galleries are drawn with, on every machine the same. */
export const FONT_FILES = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((name) =>
  join(dirname(require.resolve('dejavu-fonts-ttf/package.json')), 'ttf', name),
);

interface Metrics {
  unitsPerEm: number;
  /** 0 where the font has none. */
  glyphOf: (codePoint: number) => number;
  advanceOf: (glyph: number) => number;
}

const loaded = new Map<string, Metrics>();

/**
 * Whether DejaVu Sans has all of a text's characters. It has no Chinese, Japanese, Korean or Indian ones and few emoji.
 * @param text of any length; ASCII is taken as known
 */
export function isInFont(text: string): boolean {
  const { glyphOf } = metricsOf(FONT_FILES[0]);
  return (text.match(/[^ -~\s]/gu) ?? []).every((character) => glyphOf(character.codePointAt(0) ?? 0) > 0);
}

/**
 * Width of one line of text.
 * Leaves out kerning, which is below a pixel at these sizes. What the font lacks is taken to be a full square, as Chinese
 * characters and emoji are.
 * @param text     one line
 * @param fontSize in pixels
 * @param bold     whether it is set in the bold face; default false
 * @returns        pixels
 */
export function textWidth(text: string, fontSize: number, bold = false): number {
  const metrics = metricsOf(FONT_FILES[bold ? 1 : 0]);
  let units = 0;
  for (const character of text) {
    const glyph = metrics.glyphOf(character.codePointAt(0) ?? 0);
    units += glyph === 0 ? metrics.unitsPerEm : metrics.advanceOf(glyph);
  }
  return (units / metrics.unitsPerEm) * fontSize;
}

/**
 * Shortens a text to a width; the cut is marked by an ellipsis.
 * @param text     one line
 * @param fontSize in pixels
 * @param widthPx  the room there is
 * @returns        the text itself where it fits
 */
export function fitText(text: string, fontSize: number, widthPx: number): string {
  if (textWidth(text, fontSize) <= widthPx) return text;
  const characters = [...text];
  while (characters.length > 1 && textWidth(`${characters.join('')}…`, fontSize) > widthPx) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}

/**
 * Breaks a text between words into lines of a width; a word that is too wide is shortened.
 * @param text     words between single spaces
 * @param fontSize in pixels
 * @param widthPx  the room there is
 * @param maxLines at least 1; default 2. What is beyond them is left out, and an ellipsis says so.
 * @returns        at most `maxLines` lines
 */
export function wrapText(text: string, fontSize: number, widthPx: number, maxLines = 2): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.length - 1;
    if (last >= 0 && textWidth(`${lines[last]} ${word}`, fontSize) <= widthPx) lines[last] += ` ${word}`;
    else lines.push(word);
  }
  const kept = lines.slice(0, maxLines);
  if (lines.length > maxLines) kept[maxLines - 1] = lines.slice(maxLines - 1).join(' ');
  return kept.map((line) => fitText(line, fontSize, widthPx));
}

function metricsOf(file: string): Metrics {
  const known = loaded.get(file);
  if (known) return known;
  const metrics = readMetrics(readFileSync(file));
  loaded.set(file, metrics);
  return metrics;
}

// Tables `head`, `hhea`, `hmtx` and `cmap` (format 4) as in the OpenType specification, chapters of the same names.
function readMetrics(font: Buffer): Metrics {
  const tables = new Map<string, number>();
  for (let entry = 12; entry < 12 + font.readUInt16BE(4) * 16; entry += 16) {
    tables.set(font.toString('latin1', entry, entry + 4), font.readUInt32BE(entry + 8));
  }
  const table = (name: string): number => {
    const offset = tables.get(name);
    if (offset === undefined) throw new Error(`the font has no table "${name}"`);
    return offset;
  };
  const advanceCount = font.readUInt16BE(table('hhea') + 34);
  const advances = table('hmtx');
  return {
    unitsPerEm: font.readUInt16BE(table('head') + 18),
    glyphOf: readCharacterMap(font, table('cmap')),
    advanceOf: (glyph) => font.readUInt16BE(advances + 4 * Math.min(glyph, advanceCount - 1)),
  };
}

function readCharacterMap(font: Buffer, cmap: number): (codePoint: number) => number {
  const subtables = Array.from(
    { length: font.readUInt16BE(cmap + 2) },
    (_, i) => cmap + font.readUInt32BE(cmap + 8 + 8 * i),
  );
  const map = subtables.find((offset) => font.readUInt16BE(offset) === 4);
  if (map === undefined) throw new Error('the font has no character map of format 4');
  const doubled = font.readUInt16BE(map + 6);
  const [ends, starts, deltas, offsets] = [14, 16 + doubled, 16 + 2 * doubled, 16 + 3 * doubled].map((at) => map + at);
  return (codePoint) => {
    if (codePoint > 0xffff) return 0;
    for (let at = 0; at < doubled; at += 2) {
      if (font.readUInt16BE(ends + at) < codePoint) continue;
      const start = font.readUInt16BE(starts + at);
      if (start > codePoint) return 0;
      const offset = font.readUInt16BE(offsets + at);
      const delta = font.readUInt16BE(deltas + at);
      if (offset === 0) return (codePoint + delta) & 0xffff;
      const glyph = font.readUInt16BE(offsets + at + offset + 2 * (codePoint - start));
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
    }
    return 0;
  };
}
