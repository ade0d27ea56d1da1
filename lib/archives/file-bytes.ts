/** A file that is read in pieces, at any place. */

import { closeSync, fstatSync, openSync, read, readSync } from 'node:fs';

/** An open file; only read. */
export class FileBytes {
  /** In bytes, when it was opened. */
  readonly size: number;
  private readonly descriptor: number;

  /** @throws the file system's own error */
  constructor(readonly path: string) {
    this.descriptor = openSync(path, 'r');
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

  close(): void {
    closeSync(this.descriptor);
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
