/** A parquet file with a column of pictures, as an archive: each row holds one photo. */

import type { ColumnMetaData, FileMetaData, RowGroup } from 'hyparquet' with { 'resolution-mode': 'import' };
import { InputError } from '../errors';
import { isSystemFault } from '../files';
import { EntryError, MOST_ENTRY_BYTES, type Archive } from './archive';
import { FileBytes } from './file-bytes';
import { openParquet, type ParquetFile } from './parquet-file';
import { RecentValues } from './recent-values';

/** One row's picture, as Hugging Face's datasets keep it; or its bytes alone. */
type Picture = { bytes?: Uint8Array | null; path?: string | null } | Uint8Array | null | undefined;

// The usual row group of photos has 1 to 100 MB; this much at once would fill the memory.
const MOST_GROUP_BYTES = 1_000_000_000;
// Shared by all files: enough to read any of them in order, each row group once.
const recentGroups = new RecentValues<Picture[]>(128_000_000);
let opened = 0;

/** An open parquet file; its photos are named `ROW` or `ROW/NAME`, rows counted from 0. */
export class ParquetArchive implements Archive {
  // A file that was replaced and opened again has other rows under the same path.
  private readonly id = opened++;

  private constructor(
    readonly path: string,
    private readonly file: ParquetFile,
    /** Name of the column that holds the pictures. */
    readonly imageColumn: string,
  ) {}

  /**
   * Opens a file and reads its footer.
   * @param path absolute path
   * @throws     InputError where it isn't a parquet file, is damaged, or has no column of pictures
   */
  static async open(path: string): Promise<ParquetArchive> {
    const file = await openParquet(new FileBytes(path));
    const image = imageColumnOf(file.metadata);
    if (image !== undefined) return new ParquetArchive(path, file, image);
    file.bytes.close();
    throw new InputError({
      where: path,
      found: `no column of pictures among ${file.columns.slice(0, 5).join(', ')}`,
      expected: 'a column image with the bytes of each photo',
      remedy: 'Use the copy whose parquet files hold the photos',
    });
  }

  /** Columns other than the pictures'. */
  get columns(): string[] {
    return this.file.columns.filter((name) => name !== this.imageColumn);
  }

  /** Rows in all. */
  get rowCount(): number {
    return Number(this.file.metadata.num_rows);
  }

  /**
   * The names of the photos' files, read without the photos.
   * @returns one a row; undefined where a row has none
   */
  async readNames(): Promise<(string | undefined)[]> {
    const { file, imageColumn } = this;
    const rows = await file.bytes.keptOpen(() => file.readColumn(imageColumn, { without: 'bytes' }));
    return rows.map((row) => (row as { path?: string | null } | null)?.path ?? undefined);
  }

  read(name: string): Promise<Uint8Array> {
    return this.file.bytes.keptOpen(() => this.readRow(name));
  }

  close(): void {
    this.file.bytes.close();
  }

  get closed(): boolean {
    return this.file.bytes.closed;
  }

  private async readRow(name: string): Promise<Uint8Array> {
    const row = Number(name.split('/', 1)[0]);
    if (!Number.isInteger(row) || row < 0 || row >= this.rowCount) throw new EntryError('no such file');
    const { index, start } = this.groupOf(row);
    const picture = (await this.readGroup(index, start))[row - start];
    const bytes = picture instanceof Uint8Array ? picture : picture?.bytes;
    if (bytes === null || bytes === undefined) throw new EntryError('a row without a picture');
    if (bytes.length > MOST_ENTRY_BYTES)
      throw new EntryError(`a picture of ${bytes.length.toLocaleString('en-US')} bytes`);
    return bytes;
  }

  private groupOf(row: number): { index: number; start: number } {
    let start = 0;
    for (const [index, group] of this.file.metadata.row_groups.entries()) {
      if (row < start + Number(group.num_rows)) return { index, start };
      start += Number(group.num_rows);
    }
    throw new EntryError('no such file');
  }

  private readGroup(index: number, start: number): Promise<Picture[]> {
    const group = this.file.metadata.row_groups[index];
    const size = unpackedBytes(group, this.imageColumn);
    if (size > MOST_GROUP_BYTES) {
      throw new EntryError(`a picture among rows that unpack to ${size.toLocaleString('en-US')} bytes at once`);
    }
    const rows = { start, end: start + Number(group.num_rows) };
    return recentGroups.get(`${this.id} ${index}`, size, async () => {
      try {
        return (await this.file.readColumn(this.imageColumn, { rows, mostBytes: MOST_GROUP_BYTES })) as Picture[];
      } catch (error) {
        if (isSystemFault(error)) throw error;
        throw new EntryError('a picture in damaged rows');
      }
    });
  }
}

function imageColumnOf({ schema }: FileMetaData): string | undefined {
  const nested = schema.findIndex(
    ({ name, num_children = 0 }, i) => i > 0 && name !== 'bytes' && num_children > 0 && schema[i + 1]?.name === 'bytes',
  );
  if (nested > 0) return schema[nested].name;
  return schema.find(({ name, type }) => name === 'image' && type === 'BYTE_ARRAY')?.name;
}

function unpackedBytes(group: RowGroup, column: string): number {
  const parts = group.columns
    .map(({ meta_data }) => meta_data)
    .filter((part): part is ColumnMetaData => part?.path_in_schema[0] === column);
  return parts.reduce((sum, part) => sum + Number(part.total_uncompressed_size), 0);
}
