/** A file that is read in pieces, at any place. */

import { closeSync, fstatSync, openSync, read, readSync } from 'node:fs';
import { readingFault } from '../files';
import { EntryError } from './archive';

/** An open file; only read. */
export class FileBytes {
  /** In bytes, when it was opened. */
  readonly size: number;
  private readonly descriptor: number;
  private users = 0;
  private isClosed = false;

  /** @throws InputError where the file may not be read; else the file system's own error */
  constructor(readonly path: string) {
    try {
      this.descriptor = openSync(path, 'r');
    } catch (error) {
      throw readingFault(path, 'file', 'an archive', error);
    }
    this.size = fstatSync(this.descriptor).size;
  }

  /** Bytes from `start` on; fewer than `length` where the file ends before, none where `start` is before it. */
  async read(start: number, length: number): Promise<Buffer> {
    // A buffer of its own, because what is read may be kept.
    const buffer = Buffer.allocUnsafeSlow(this.within(start, length));
    for (let done = 0; done < buffer.length;) {
      const count = await this.readInto(buffer, done, start + done);
      if (count === 0) return buffer.subarray(0, done);
      done += count;
    }
    return buffer;
  }

  /** `read`, waited for: for what is needed before anything else can begin. */
  readNow(start: number, length: number): Buffer {
    const buffer = Buffer.allocUnsafeSlow(this.within(start, length));
    for (let done = 0; done < buffer.length;) {
      const count = readSync(this.descriptor, buffer, done, buffer.length - done, start + done);
      if (count === 0) return buffer.subarray(0, done);
      done += count;
    }
    return buffer;
  }

  /**
   * Does what reads from the file more than once; a `close` meanwhile waits for its end.
   * @throws EntryError where the file is closed already
   */
  async keptOpen<T>(work: () => Promise<T>): Promise<T> {
    // Another file may have its descriptor by now.
    if (this.isClosed) throw new EntryError('an archive that was replaced meanwhile');
    this.users++;
    try {
      return await work();
    } finally {
      this.users--;
      this.closeUnused();
    }
  }

  /** Closes the file once nothing in `keptOpen` reads from it. Again, it does nothing. */
  close(): void {
    // Another file may have its descriptor by then.
    if (this.isClosed) return;
    this.isClosed = true;
    this.closeUnused();
  }

  /** Whether `close` was called. */
  get closed(): boolean {
    return this.isClosed;
  }

  private closeUnused(): void {
    if (this.isClosed && this.users === 0) closeSync(this.descriptor);
  }

  private within(start: number, length: number): number {
    return start < 0 ? 0 : Math.max(0, Math.min(length, this.size - start));
  }

  private readInto(buffer: Buffer, offset: number, position: number): Promise<number> {
    return new Promise((resolve, reject) =>
      read(this.descriptor, buffer, offset, buffer.length - offset, position, (error, count) =>
        error === null ? resolve(count) : reject(error),
      ),
    );
  }
}
