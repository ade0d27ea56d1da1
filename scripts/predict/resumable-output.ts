/** A file of rows that an interrupted run goes on with: whole lines only, and it knows what is in it. */

import { createReadStream } from 'node:fs';
import { open, truncate, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { InputError } from 'celeba-lab';
import { csvCell, explainNoRoom, makeFolder } from 'celeba-lab/dist/files';
import { ROWS_STAY } from './breakdown';

// How each row begins: `file` is the first field of `ResultRow`.
const JSON_BEGINNING = '{"file":"';
// A cell of CSV, and what ends it.
const CELL = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(?:,|\n$)/g;
const OTHER_NAMES = 'another first line than this model gives';

/** How a file's rows are written. */
export interface RowsOfFile {
  kind: 'json' | 'csv';
  /** CSV: the line of names, with its line end. */
  names?: string;
  /** CSV: whether the rows stand without the line of names, as in all parts but the first; default false. */
  headless?: boolean;
  /** CSV without names: the path of its first row, as shown; none where there will be no row. */
  first?: string;
}

/** What a file of rows holds. */
interface Content {
  /** Rows of each path as shown: a list may name a photo twice. */
  rowCounts: Map<string, number>;
  /** Those of them that couldn't be read. */
  unread: Set<string>;
  /** Those of them in which faces were found. */
  withFaces: Set<string>;
  /** Bytes up to the end of the last whole row. */
  wholeBytes: number;
}

/** What is known of a row that was there before. */
interface EarlierRow {
  file: string;
  failed: boolean;
  hasFaces: boolean;
}

/** Rows on the disk. */
export class ResumableOutput {
  private constructor(
    private readonly file: string,
    private readonly handle: FileHandle,
    private readonly rowCounts: ReadonlyMap<string, number>,
    /** Paths, as shown, of the rows that were there before and whose photos couldn't be read. */
    readonly unread: ReadonlySet<string>,
    /** The same of photos in which faces were found. */
    readonly withFaces: ReadonlySet<string>,
  ) {}

  /**
   * Opens a file to add rows; a row that was torn is taken off its end. Only for who holds its lock: another process's row
   * under way would look torn.
   * @param file absolute path; made where it is missing
   * @param rows how its rows are written; the line of names is added where the file is empty
   * @throws     InputError where the file holds something else
   */
  static async open(file: string, rows: RowsOfFile): Promise<ResumableOutput> {
    await makeFolder(dirname(file));
    const { rowCounts, unread, withFaces, wholeBytes } = await readRows(file, rows);
    const handle = await open(file, 'a');
    try {
      await truncate(file, wholeBytes);
      const output = new ResumableOutput(file, handle, rowCounts, unread, withFaces);
      if (wholeBytes === 0 && !rows.headless) await output.write(rows.names ?? '');
      return output;
    } catch (error) {
      await handle.close().catch(() => undefined);
      throw error;
    }
  }

  /** Photos whose rows were there before, and those whose rows are missing: of a photo that is named twice, each needs its own. */
  divide<T extends { shown: string }>(photos: readonly T[]): { present: T[]; missing: T[] } {
    const left = new Map(this.rowCounts);
    const [present, missing]: [T[], T[]] = [[], []];
    for (const photo of photos) {
      const count = left.get(photo.shown) ?? 0;
      left.set(photo.shown, count - 1);
      (count > 0 ? present : missing).push(photo);
    }
    return { present, missing };
  }

  /**
   * Adds text that ends with a line end.
   * @throws SystemFault where the disk is full
   */
  async write(text: string): Promise<void> {
    if (text === '') return;
    await this.handle.appendFile(text).catch((error: unknown) => {
      throw this.explain(error);
    });
  }

  /** @throws SystemFault where the disk is full */
  async close(): Promise<void> {
    try {
      await this.handle.sync();
    } catch (error) {
      await this.handle.close().catch(() => undefined);
      throw this.explain(error);
    }
    await this.handle.close();
  }

  private explain(error: unknown): unknown {
    return explainNoRoom(error, { where: this.file, needed: 'its rows', kept: ROWS_STAY, inOutputs: false });
  }
}

async function readRows(file: string, rows: RowsOfFile): Promise<Content> {
  const { kind, names = '' } = rows;
  const columns = cellsOf(names)?.length ?? 0;
  const content: Content = { rowCounts: new Map(), unread: new Set(), withFaces: new Set(), wholeBytes: 0 };
  let number = 0;
  for await (const line of wholeLines(file, kind === 'csv')) {
    content.wholeBytes += Buffer.byteLength(line);
    number++;
    const row = kind === 'csv' ? readCsv(line, columns) : readJson(line);
    if (kind === 'csv' && number === 1) {
      checkFirstLine(file, line, rows, row !== undefined);
      if (!rows.headless) continue;
    }
    if (row === undefined) throw otherRows(file, number, 'no row of this command');
    content.rowCounts.set(row.file, (content.rowCounts.get(row.file) ?? 0) + 1);
    if (row.failed) content.unread.add(row.file);
    if (row.hasFaces) content.withFaces.add(row.file);
  }
  if (number === 0) await checkBeginning(file, beginningOf(rows));
  return content;
}

/** Of CSV: rows added to a file with the line of names, where there should be none, could not be joined with other parts. */
function checkFirstLine(file: string, line: string, { names, headless }: RowsOfFile, isRow: boolean): void {
  if (headless) {
    if (line === names) throw otherRows(file, 1, 'the line of names, which only part 0 begins with');
  } else if (line !== names) {
    const found = isRow ? 'a row instead of the line of names, as in a part above 0' : OTHER_NAMES;
    throw otherRows(file, 1, found);
  }
}

/** What a file's first line begins with. */
function beginningOf({ kind, names = '', headless, first }: RowsOfFile): string {
  if (kind === 'json') return JSON_BEGINNING;
  if (!headless) return names;
  return first === undefined ? '' : `${csvCell(first)},`;
}

/** A file without a whole line may hold a first row that was torn, and nothing else: it would be lost. */
async function checkBeginning(file: string, expected: string): Promise<void> {
  let found = '';
  for await (const chunk of textOf(file, Buffer.byteLength(expected) || 1)) found += chunk;
  // A letter of several bytes may be torn, too.
  if (!expected.startsWith(found.replace(/\uFFFD+$/, ''))) throw otherRows(file, 1, 'no row of this command');
}

/** A file's text in pieces, up to `end` bytes; empty where it isn't there. */
async function* textOf(file: string, end = Infinity): AsyncGenerator<string> {
  try {
    yield* createReadStream(file, { encoding: 'utf8', end: end - 1 }) as AsyncIterable<string>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** Lines with their ends, of a file that may not be there; what follows the last end is left out. */
async function* wholeLines(file: string, quotes: boolean): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of textOf(file)) {
    rest += chunk;
    let start = 0;
    for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n', end + 1)) {
      // A quoted cell may hold line ends: a row has an even number of quotes.
      if (quotes && (rest.slice(start, end).split('"').length - 1) % 2 === 1) continue;
      yield rest.slice(start, end + 1);
      start = end + 1;
    }
    rest = rest.slice(start);
  }
}

function readJson(line: string): EarlierRow | undefined {
  try {
    const row = JSON.parse(line) as { file?: unknown; error?: unknown; faces?: unknown } | null;
    if (typeof row?.file !== 'string') return undefined;
    const hasFaces = Array.isArray(row.faces) && row.faces.length > 0;
    return { file: row.file, failed: row.error !== undefined, hasFaces };
  } catch {
    return undefined;
  }
}

/** Its first cell is the file, its last one the error; the line of names is no row. */
function readCsv(line: string, columns: number): EarlierRow | undefined {
  const cells = cellsOf(line);
  if (cells?.length !== columns || cells[0] === '') return undefined;
  const [abstained, , faces, error] = cells.slice(-4);
  const failed = error !== '';
  const hasFaces = Number(faces) > 0;
  return failed !== /^(true|false)$/.test(abstained) ? { file: cells[0], failed, hasFaces } : undefined;
}

/** A line of CSV taken apart; undefined where it is none. */
function cellsOf(line: string): string[] | undefined {
  const cells: string[] = [];
  let end = 0;
  for (const match of line.matchAll(CELL)) {
    if (match.index !== end) return undefined;
    end += match[0].length;
    cells.push(match[1]?.replaceAll('""', '"') ?? match[2]);
  }
  return end === line.length ? cells : undefined;
}

function otherRows(file: string, line: number, found: string): InputError {
  const expected = 'the rows of an earlier run';
  return new InputError({ where: `${file}, line ${line}`, found, expected, remedy: 'Give another file after --out' });
}
