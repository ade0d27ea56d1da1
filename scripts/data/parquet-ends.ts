/** Whether a parquet file is whole at both ends. */

import { open } from 'node:fs/promises';
import { InputError } from 'celeba-lab/dist/errors';

// Apache Parquet's file format: these four bytes begin a file and, behind the footer, end it.
const MAGIC = 'PAR1';

/**
 * @param file  absolute path
 * @param shown the file, as the user knows it
 * @returns     the fault of a parquet file that is cut short or is something else; undefined for other files
 */
export async function parquetFault(file: string, shown: string): Promise<InputError | undefined> {
  if (!file.endsWith('.parquet')) return undefined;
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const read = async (position: number): Promise<string> =>
      (await handle.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, position)).buffer.toString('latin1');
    const ends = [await read(0), await read(Math.max(0, size - MAGIC.length))];
    if (size > 2 * MAGIC.length && ends.every((bytes) => bytes === MAGIC)) return undefined;
    return new InputError({
      where: shown,
      found: `${size} bytes that aren't a whole parquet file`,
      expected: `${MAGIC} at its beginning and at its end`,
      remedy: 'Get this file again: it is cut short or something else',
    });
  } finally {
    await handle.close();
  }
}
