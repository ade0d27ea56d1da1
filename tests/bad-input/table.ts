/** All kinds of bad input, and the table of them that people read. */

import { ARCHIVES } from './archives';
import type { BadInput } from './bad-input';
import { CSV_TABLES } from './csv-tables';
import { FOLDERS } from './folders';
import { PARQUET_FILES } from './parquet-files';
import { PHOTO_FILES } from './photo-files';
import { TEXT_TABLES } from './text-tables';

/** Kinds by where the fault lies. */
export const BAD_INPUT: Record<string, BadInput[]> = {
  'Text tables': TEXT_TABLES,
  'CSV tables': CSV_TABLES,
  'Zip archives': ARCHIVES,
  'Parquet files': PARQUET_FILES,
  Folders: FOLDERS,
  Photos: PHOTO_FILES,
};

/** The table as Markdown. */
export function renderTable(): string {
  const count = Object.values(BAD_INPUT).flat().length;
  const sections = Object.entries(BAD_INPUT).flatMap(([title, rows]) => [
    `## ${title}`,
    '',
    '| kind | how it is made | what is shown | what is kept |',
    '| --- | --- | --- | --- |',
    ...rows.map((row) => `| ${[row.kind, row.made, row.shown, keptWords(row.kept)].map(cell).join(' | ')} |`),
    '',
  ]);
  const head = [
    '# Bad input',
    '',
    `${count} kinds, each one test of bad-input.test.ts, which also writes this table (WRITE_TABLE=1) and fails where it is not current.`,
    'Each dataset has six photos. "What is shown" is a part of it: an error ends the run with that sentence; what is left out is',
    "counted in the line that says what was found, or beside the photos that can't be read.",
    '',
  ];
  return [...head, ...sections].join('\n');
}

function keptWords(kept: number): string {
  return kept === 0 ? 'nothing: refused' : `${kept} photos`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;').trim();
}
