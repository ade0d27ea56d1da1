/** Reading parquet files, column by column. */

import type { Compressors, FileMetaData } from 'hyparquet' with { 'resolution-mode': 'import' };
import { InputError } from '../errors';
import { isSystemFault, isWebPage, REFUSED_DOWNLOAD } from '../files';
import type { FileBytes } from './file-bytes';

/** Which part of a column is read. */
export interface ColumnPart {
  /** Rows from `start` to before `end`; default all. */
  rows?: { start: number; end: number };
  /** A part of a column of several parts that isn't read, such as `bytes`. */
  without?: string;
  /** No page may unpack to more; default 100 MB. */
  mostBytes?: number;
}

/** An open parquet file. */
export interface ParquetFile {
  bytes: FileBytes;
  metadata: FileMetaData;
  /** Names of its columns, in their order. */
  columns: string[];
  /** Values of one column, text as strings and other bytes as Uint8Array. */
  readColumn(name: string, part?: ColumnPart): Promise<unknown[]>;
}

const MAGIC = 'PAR1';
const MOST_PAGE_BYTES = 100_000_000;

/**
 * Reads the footer of a parquet file.
 * @param bytes the open file; closed where it isn't one
 * @throws      InputError where it is another kind of file, ends early, or its footer is damaged; the file system's own error
 */
export async function openParquet(bytes: FileBytes): Promise<ParquetFile> {
  try {
    checkMagic(bytes);
    const { parquetMetadataAsync } = await import('hyparquet');
    const metadata = await parquetMetadataAsync(asyncBuffer(bytes)).catch((error: unknown) => {
      throw isSystemFault(error) ? error : unreadable(bytes, 'a footer that is damaged');
    });
    const columns = topColumns(metadata);
    return { bytes, metadata, columns, readColumn: (name, part) => readColumn(bytes, metadata, name, part) };
  } catch (error) {
    bytes.close();
    throw error;
  }
}

async function readColumn(
  bytes: FileBytes,
  metadata: FileMetaData,
  name: string,
  { rows, without, mostBytes = MOST_PAGE_BYTES }: ColumnPart = {},
): Promise<unknown[]> {
  const { parquetReadObjects } = await import('hyparquet');
  const { compressors } = await import('hyparquet-compressors');
  const found = await parquetReadObjects({
    file: asyncBuffer(bytes),
    metadata: without === undefined ? metadata : withoutPart(metadata, name, without),
    columns: [name],
    rowStart: rows?.start,
    rowEnd: rows?.end,
    utf8: false,
    compressors: limited(compressors, mostBytes),
  });
  return found.map((row) => row[name] as unknown);
}

function asyncBuffer(bytes: FileBytes): {
  byteLength: number;
  slice(start: number, end?: number): Promise<ArrayBuffer>;
} {
  return {
    byteLength: bytes.size,
    slice: async (start, end = bytes.size) => {
      const { buffer, byteOffset, byteLength } = await bytes.read(start, end - start);
      // Of a file that was cut off meanwhile, fewer bytes than the buffer has.
      return (
        byteLength < buffer.byteLength ? buffer.slice(byteOffset, byteOffset + byteLength) : buffer
      ) as ArrayBuffer;
    },
  };
}

/** The same file as if a part of a column weren't in it, so that its bytes stay on the disk. */
function withoutPart(metadata: FileMetaData, column: string, part: string): FileMetaData {
  const top = metadata.schema.findIndex(({ name }) => name === column);
  const schema = metadata.schema
    .filter(({ name }, i) => !(i > top && i <= top + (metadata.schema[top].num_children ?? 0) && name === part))
    .map((element) =>
      element === metadata.schema[top] ? { ...element, num_children: (element.num_children ?? 1) - 1 } : element,
    );
  const row_groups = metadata.row_groups.map((group) => ({
    ...group,
    columns: group.columns.filter(({ meta_data }) => {
      const path = meta_data?.path_in_schema;
      return !(path?.[0] === column && path[1] === part);
    }),
  }));
  return { ...metadata, schema, row_groups };
}

/** A page's header says how much it unpacks to; what says too much isn't unpacked. */
function limited(compressors: Compressors, mostBytes: number): Compressors {
  const guarded = Object.entries(compressors).map(([codec, unpack]) => [
    codec,
    (input: Uint8Array, length: number): Uint8Array => {
      if (length > mostBytes) throw new Error(`a page of ${length} bytes`);
      return unpack(input, length);
    },
  ]);
  return Object.fromEntries(guarded) as Compressors;
}

function topColumns({ schema }: FileMetaData): string[] {
  const names: string[] = [];
  for (let i = 1; i < schema.length; i += 1 + descendants(schema, i)) names.push(schema[i].name);
  return names;
}

function descendants(schema: FileMetaData['schema'], parent: number): number {
  let at = parent + 1;
  for (let left = schema[parent].num_children ?? 0; left > 0 && at < schema.length; left--)
    at += 1 + descendants(schema, at);
  return at - parent - 1;
}

function checkMagic(bytes: FileBytes): void {
  const beginning = bytes.readNow(0, 256);
  const start = beginning.toString('latin1');
  const end = bytes.readNow(bytes.size - MAGIC.length, MAGIC.length).toString('latin1');
  if (start.startsWith(MAGIC) && end === MAGIC && bytes.size >= 12) return;
  if (bytes.size === 0) throw unreadable(bytes, 'an empty file (0 bytes)');
  if (isWebPage(beginning)) throw unreadable(bytes, 'a web page', REFUSED_DOWNLOAD);
  if (start.startsWith('version https://git-lfs')) throw unreadable(bytes, 'a pointer to the file instead of the file');
  throw unreadable(bytes, start.startsWith(MAGIC) ? 'a parquet file that ends early' : 'a file of another kind');
}

function unreadable(bytes: FileBytes, found: string, remedy = 'Copy or download it again'): InputError {
  return new InputError({ where: bytes.path, found, expected: 'a whole parquet file', remedy });
}
