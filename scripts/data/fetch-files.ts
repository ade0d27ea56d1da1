/** Downloads the files of a source into a folder, a few at a time. */

import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { download } from 'celeba-lab/dist/files';
import { formatDuration } from '../progress/duration';
import { ProgressBar } from '../progress/progress-bar';
import { checkDiskSpace } from './disk-space';
import { parquetFault } from './parquet-ends';
import type { RemoteFile } from './remote-files';

// Enough to keep a fast line busy with small files; more would look like an attack to some servers.
const AT_A_TIME = 4;
// With the waits that double, half a minute.
const RETRIES = 5;

/**
 * Brings all files, or as many as came before one failed; what is whole in the folder already isn't fetched again.
 * @param aboutBytes what the source holds in bytes, roughly, for files without a published size
 * @throws           InputError of the first file that failed, after the others have stopped
 */
export async function fetchFiles(files: RemoteFile[], folder: string, aboutBytes: number): Promise<void> {
  const received = new Map<string, number>();
  const missing: RemoteFile[] = [];
  for (const file of files) {
    const size = await sizeOf(join(folder, file.path));
    if (size !== undefined && size === (file.sizeBytes ?? size)) received.set(file.path, size);
    else missing.push(file);
  }
  const published = files.reduce((sum, { sizeBytes = 0 }) => sum + sizeBytes, 0);
  const total = files.every(({ sizeBytes }) => sizeBytes !== undefined) ? published : aboutBytes;
  const here = sum(received) + (await partBytes(missing, folder));
  await checkDiskSpace(folder, Math.max(published, total) - here);
  const bar = new ProgressBar({ unit: 'bytes', total });
  const stop = new AbortController();
  const work = async (): Promise<void> => {
    for (let file = missing.shift(); file !== undefined && !stop.signal.aborted; file = missing.shift())
      await fetchFile(file, folder, bar, received, stop.signal);
  };
  const faults: unknown[] = [];
  const stopAll = (error: unknown): void => {
    faults.push(error);
    stop.abort();
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, () => work().catch(stopAll)));
  bar.end();
  // The others failed because they were stopped.
  if (faults.length > 0) throw faults[0];
}

async function fetchFile(
  file: RemoteFile,
  folder: string,
  bar: ProgressBar,
  received: Map<string, number>,
  signal: AbortSignal,
): Promise<void> {
  const { url, path, sizeBytes, checksum } = file;
  await download(url, join(folder, path), {
    ...{ sizeBytes, checksum, signal },
    retries: RETRIES,
    onProgress: (bytes) => {
      received.set(path, bytes);
      bar.update(sum(received), path);
    },
    onWait: (waitMs, reason) => bar.say(`${path}: ${reason}; trying again in ${formatDuration(waitMs / 1000)}`),
  });
  if (checksum !== undefined) return;
  const fault = await parquetFault(join(folder, path), url);
  if (fault === undefined) return;
  // What lies there counts as received.
  await rm(join(folder, path));
  throw fault;
}

function sum(received: Map<string, number>): number {
  return [...received.values()].reduce((total, bytes) => total + bytes, 0);
}

async function partBytes(files: RemoteFile[], folder: string): Promise<number> {
  const sizes = await Promise.all(files.map(({ path }) => sizeOf(join(folder, `${path}.part`))));
  return sizes.reduce((total: number, size) => total + (size ?? 0), 0);
}

async function sizeOf(file: string): Promise<number | undefined> {
  return (await stat(file).catch(() => undefined))?.size;
}
