/** A zip archive whose photos are read where they lie, without unpacking it to the disk. */

import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { EntryError, MOST_ENTRY_BYTES, type Archive } from './archive';
import { crc32 } from './crc32';
import { FileBytes } from './file-bytes';
import { readZipDirectory, type ZipEntry } from './zip-directory';

const inflate = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(inflateRaw);

const LOCAL_HEADER = 0x04034b50;
const LOCAL_HEADER_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;
// A local header may hold more than the directory: read along, so that one access to the disk is enough.
const USUAL_EXTRA_BYTES = 64;
// Deflate gains at most 1,032 times; photos are packed already and gain next to nothing.
const MOST_GAIN = 200;
const SMALL_BYTES = 1_000_000;

/** An open zip archive. */
export class ZipArchive implements Archive {
  /** Its files by name; folders aren't listed. */
  readonly entries: ReadonlyMap<string, ZipEntry>;
  /** Names of files that can't be read, because a later one has the same name; once for each such file. */
  readonly repeated: readonly string[];
  private readonly file: FileBytes;

  /**
   * Opens an archive and reads its directory, once.
   * @param path absolute path
   * @throws     InputError where it isn't a zip archive or is damaged; the file system's own error
   */
  constructor(readonly path: string) {
    this.file = new FileBytes(path);
    try {
      ({ entries: this.entries, repeated: this.repeated } = readZipDirectory(this.file));
    } catch (error) {
      this.file.close();
      throw error;
    }
  }

  read(name: string): Promise<Uint8Array> {
    return this.file.keptOpen(() => this.readEntry(name));
  }

  close(): void {
    this.file.close();
  }

  get closed(): boolean {
    return this.file.closed;
  }

  private async readEntry(name: string): Promise<Uint8Array> {
    const entry = this.entries.get(name);
    if (entry === undefined) throw new EntryError('no such file');
    const fault = faultOf(entry);
    if (fault !== undefined) throw new EntryError(fault);
    const bytes = await unpack(await this.packed(entry, name), entry);
    if (bytes.length !== entry.sizeBytes || crc32(bytes) !== entry.crc)
      throw new EntryError('a file damaged in its archive');
    return bytes;
  }

  /** An entry as it lies in the archive, found by its local header, whose length the directory doesn't tell. */
  private async packed(entry: ZipEntry, name: string): Promise<Uint8Array> {
    const guess = LOCAL_HEADER_BYTES + Buffer.byteLength(name) + USUAL_EXTRA_BYTES + entry.packedBytes;
    const bytes = await this.file.read(entry.offset, guess);
    if (bytes.length < LOCAL_HEADER_BYTES || bytes.readUInt32LE(0) !== LOCAL_HEADER) {
      throw new EntryError('a file damaged in its archive');
    }
    const start = LOCAL_HEADER_BYTES + bytes.readUInt16LE(26) + bytes.readUInt16LE(28);
    const end = start + entry.packedBytes;
    const packed =
      end <= bytes.length ? bytes.subarray(start, end) : await this.file.read(entry.offset + start, entry.packedBytes);
    if (packed.length < entry.packedBytes) throw new EntryError('a file that ends early in its archive');
    return packed;
  }
}

function faultOf({ encrypted, isLink, method, sizeBytes, packedBytes }: ZipEntry): string | undefined {
  if (isLink) return 'a link in an archive';
  if (encrypted) return 'a file locked with a password';
  if (method !== STORED && method !== DEFLATED) return `a file packed in a way that can't be read (method ${method})`;
  const size = `a file that unpacks to ${sizeBytes.toLocaleString('en-US')} bytes`;
  if (sizeBytes > MOST_ENTRY_BYTES || packedBytes > MOST_ENTRY_BYTES) return size;
  if (sizeBytes > SMALL_BYTES && sizeBytes > MOST_GAIN * packedBytes)
    return `${size} from ${packedBytes.toLocaleString('en-US')}`;
  return undefined;
}

/** Stops where more comes out than the directory says. */
async function unpack(packed: Uint8Array, { method, sizeBytes }: ZipEntry): Promise<Uint8Array> {
  if (method === STORED) return packed;
  try {
    return await inflate(packed, { maxOutputLength: Math.max(1, sizeBytes) });
  } catch (error) {
    const tooMuch = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw new EntryError(
      tooMuch ? 'a file that unpacks to more than its archive says' : 'a file damaged in its archive',
    );
  }
}
