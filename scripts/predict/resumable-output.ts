/** A file of rows that an interrupted run goes on with: whole lines only, and it knows what is in it. */

import { createReadStream } from 'node:fs';
import { open, truncate, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { InputError } from 'celeba-lab';
import { makeFolder } from 'celeba-lab/dist/files';

// How each row begins: `file` is the first field of `ResultRow`.
const JSON_BEGINNING = '{"file":"';

/** What a file of rows holds. */
interface Content {
  /** Paths as shown. */
  files: Set<string>;
  /** Those of them that couldn't be read. */
  unread: Set<string>;
  /** Bytes up to the end of the last whole row. */
  wholeBytes: number;
}

/** Rows on the disk. */
export class ResumableOutput {
  private constructor(
    private readonly handle: FileHandle,
    /** Photos whose rows were there before. */
    readonly present: ReadonlySet<string>,
    /** Those of them that couldn't be read. */
    readonly unread: ReadonlySet<string>,
  ) {}

  /**
   * Opens a file to add rows; a row that was torn is taken off its end. Only for who holds its lock: another process's row
   * under way would look torn.
   * @param file absolute path; made where it is missing
   * @param kind how its rows are written
   * @param head its first line, for CSV; written where the file is empty
   * @throws     InputError where the file holds something else
   */
  static async open(file: string, kind: 'json' | 'csv', head: string): Promise<ResumableOutput> {
    await makeFolder(dirname(file));
    const { files, unread, wholeBytes } = await readRows(file, kind, head);
    const handle = await open(file, 'a');
    await truncate(file, wholeBytes);
    const output = new ResumableOutput(handle, files, unread);
    if (wholeBytes === 0) await output.write(head);
    return output;
  }

  /** Adds text that ends with a line end. */
  async write(text: string): Promise<void> {
    if (text !== '') await this.handle.appendFile(text);
  }

  async close(): Promise<void> {
    await this.handle.sync();
    await this.handle.close();
  }
}

async function readRows(file: string, kind: 'json' | 'csv', head: string): Promise<Content> {
  const content: Content = { files: new Set(), unread: new Set(), wholeBytes: 0 };
  let number = 0;
  for await (const line of wholeLines(file, kind === 'csv')) {
    content.wholeBytes += Buffer.byteLength(line);
    number++;
    if (kind === 'csv' && number === 1) {
      if (line !== head) throw otherRows(file, number, 'another first line than this model gives');
      continue;
    }
    const row = kind === 'csv' ? readCsv(line) : readJson(line);
    if (row === undefined) throw otherRows(file, number, 'no row of this command');
    content.files.add(row.file);
    if (row.failed) content.unread.add(row.file);
  }
  if (number === 0) await checkBeginning(file, kind === 'csv' ? head : JSON_BEGINNING);
  return content;
}

/** A file without a whole line may hold a first row that was torn, and nothing else: it would be lost. */
async function checkBeginning(file: string, expected: string): Promise<void> {
  let found = '';
  for await (const chunk of textOf(file, Buffer.byteLength(expected))) found += chunk;
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

function readJson(line: string): { file: string; failed: boolean } | undefined {
  try {
    const row = JSON.parse(line) as { file?: unknown; error?: unknown } | null;
    return typeof row?.file === 'string' ? { file: row.file, failed: row.error !== undefined } : undefined;
  } catch {
    return undefined;
  }
}

/** Its first cell is the file, its last one the error. */
function readCsv(line: string): { file: string; failed: boolean } | undefined {
  const match = /^(?:"((?:[^"]|"")*)"|([^",\r\n]+)),/.exec(line);
  if (!match) return undefined;
  return { file: match[1]?.replaceAll('""', '"') ?? match[2], failed: !line.endsWith(',\n') };
}

function otherRows(file: string, line: number, found: string): InputError {
  const expected = 'the rows of an earlier run';
  return new InputError({ where: `${file}, line ${line}`, found, expected, remedy: 'Give another file after --out' });
}
