/** What came of a file so far, and from which version of it. */

import { mkdir, open, rename, rm, stat, writeFile, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readTextIfThere } from './read-if-there';
import { readingFault } from './refused-rights';
import { syncFile } from './sync-folder';

/** Where the bytes came from. */
interface Origin {
  url: string;
  /** The server's mark of this version of the file: a strong ETag, or the time of its last change. */
  validator?: string;
}

/** A file that is still coming: `<file>.part`, and its origin in `<file>.part.json`. */
export class PartFile {
  private readonly part: string;
  private readonly note: string;

  /** @param file where the whole file shall be */
  constructor(private readonly file: string) {
    this.part = `${file}.part`;
    this.note = `${file}.part.json`;
  }

  /** Path of the bytes that are here. */
  get path(): string {
    return this.part;
  }

  /**
   * Bytes that are here; 0 where there are none.
   * @throws InputError where they may not be looked at, else the system's error: a download begun anew would lose them
   */
  async sizeBytes(): Promise<number> {
    try {
      return (await stat(this.part)).size;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
      throw readingFault(this.part, 'file', 'what came of a download', error);
    }
  }

  /**
   * The mark of the version that the bytes are of, where it is known and came from the same address.
   * @throws InputError where the note of it may not be read, else the system's error
   */
  async validator(url: string): Promise<string | undefined> {
    const text = (await readTextIfThere(this.note, 'where a download came from')) ?? '{}';
    try {
      const origin = JSON.parse(text) as Partial<Origin>;
      return origin.url === url ? origin.validator : undefined;
    } catch {
      return undefined;
    }
  }

  /** Opens it to add bytes behind the ones that are here. */
  continue(): Promise<FileHandle> {
    return open(this.part, 'a');
  }

  /** Opens it empty, for bytes of the version that `validator` marks. */
  async begin(url: string, validator: string | undefined): Promise<FileHandle> {
    await mkdir(dirname(this.part), { recursive: true });
    await this.remove();
    await writeFile(this.note, JSON.stringify({ url, validator } satisfies Origin));
    return open(this.part, 'w');
  }

  /** Throws away what came. */
  async remove(): Promise<void> {
    await rm(this.part, { force: true });
    await rm(this.note, { force: true });
  }

  /** Puts the bytes in the file's place. */
  async finish(): Promise<void> {
    await syncFile(this.part);
    await rename(this.part, this.file);
    await rm(this.note, { force: true });
  }
}
