/** Tries one source after the other until a dataset's files are here. */

import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError, orInputError } from 'celeba-lab/dist/errors';
import { download, MissingFile, sha256Of } from 'celeba-lab/dist/files';
import { fromOutside, say } from '../command';
import { formatDuration } from '../progress/duration';
import { ProgressBar } from '../progress/progress-bar';
import type { CatalogEntry, CatalogSource } from './catalog';
import { fetchFiles } from './fetch-files';
import { reuseFiles, stagingFolder } from './finished-set';
import { filesOfMirror, filesOfSource, pathsOfSource } from './remote-files';
import { takeLocal } from './take-local';
import { isAddress, type WhereFrom } from './where-from';

/** Where to look, and what is here. */
export interface ObtainOptions extends WhereFrom {
  /** Files of a damaged set in the dataset's folder that are as they came, to be used again; default none. */
  sound?: string[];
}

// Files that were given don't mix with those of a source.
const GIVEN = 'given';

/**
 * Brings a dataset's files together in the staging folder of the source that had them.
 * @param folder the dataset's folder
 * @returns      key of that source
 * @throws       OutsideFault where no source has it, with the reason of each; InputError where a folder or archive that was
 *               given isn't a whole copy
 */
export async function obtain(entry: CatalogEntry, folder: string, options: ObtainOptions): Promise<string> {
  const { from } = options;
  if (from === undefined || isAddress(from)) {
    return fromNetwork(entry, folder, options).catch((error: unknown) => {
      throw fromOutside(error);
    });
  }
  await takeLocal(entry, from, await emptyStaging(folder));
  return GIVEN;
}

async function fromNetwork(entry: CatalogEntry, folder: string, options: ObtainOptions): Promise<string> {
  const { from, only, sound = [] } = options;
  if (from === undefined) {
    const sources = entry.sources.filter(({ key }) => only === undefined || key === only);
    return fromSources(entry, folder, sources, sound);
  }
  if (/\.zip$/i.test(new URL(from).pathname)) return fromArchive(entry, folder, from);
  return fromMirror(entry, folder, from.endsWith('/') ? from : `${from}/`, sound);
}

/** The sources that have most of the files that are here come first: the least is fetched then. */
function byReuse(entry: CatalogEntry, sources: CatalogSource[], sound: string[]): CatalogSource[] {
  const here = new Set(sound);
  const count = (source: CatalogSource): number => pathsOfSource(entry, source).filter((path) => here.has(path)).length;
  return [...sources].sort((a, b) => count(b) - count(a));
}

async function fromSources(
  entry: CatalogEntry,
  folder: string,
  sources: CatalogSource[],
  sound: string[],
): Promise<string> {
  const faults: InputError[] = [];
  for (const source of byReuse(entry, sources, sound)) {
    say(`Getting it from ${source.name}`);
    const staging = stagingFolder(folder, source.key);
    await mkdir(staging, { recursive: true });
    await reuseFiles(folder, source.key, pathsOfSource(entry, source), sound);
    const fault = await orInputError(
      filesOfSource(entry, source, staging).then((files) => fetchFiles(files, staging, source.aboutBytes)),
    );
    if (!(fault instanceof InputError)) return source.key;
    say(`${fault.message}`);
    faults.push(fault);
  }
  throw noSource(faults);
}

/** The first source whose files the mirror has; another fault than a missing file is the mirror's. */
async function fromMirror(entry: CatalogEntry, folder: string, base: string, sound: string[]): Promise<string> {
  const faults: InputError[] = [];
  for (const source of byReuse(entry, entry.sources, sound)) {
    say(`Looking at ${base} for the files of ${source.key}`);
    const key = mirrorKey(source, base);
    await reuseFiles(folder, key, pathsOfSource(entry, source), sound);
    const files = filesOfMirror(entry, source, base);
    const fault = await orInputError(fetchFiles(files, stagingFolder(folder, key), source.aboutBytes));
    if (!(fault instanceof InputError)) return key;
    if (!(fault instanceof MissingFile)) throw fault;
    say(`It hasn't got ${new URL(fault.where).pathname}`);
    faults.push(fault);
  }
  throw noSource(faults);
}

/** Of one mirror: a file of another one may be of another version, and nothing would tell them apart. */
function mirrorKey(source: CatalogSource, base: string): string {
  return `mirror-${source.key}-${sha256Of(base).slice(0, 12)}`;
}

async function fromArchive(entry: CatalogEntry, folder: string, url: string): Promise<string> {
  const archive = join(`${folder}.part`, 'archive.zip');
  const bar = new ProgressBar({ unit: 'bytes' });
  const onProgress = (received: number, sizeBytes?: number): void => {
    bar.total = sizeBytes;
    bar.update(received, 'archive.zip');
  };
  const onWait = (waitMs: number, reason: string): void =>
    bar.say(`${reason}; trying again in ${formatDuration(waitMs / 1000)}`);
  await download(url, archive, { onProgress, onWait }).finally(() => bar.end());
  await takeLocal(entry, archive, await emptyStaging(folder));
  return GIVEN;
}

async function emptyStaging(folder: string): Promise<string> {
  const staging = stagingFolder(folder, GIVEN);
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { recursive: true });
  return staging;
}

function noSource(faults: InputError[]): InputError {
  const reasons = faults.map(({ where, found }, i) => `(${i + 1}) ${where}: ${found}`);
  return new InputError({
    where: 'the dataset',
    found: `no source that has it: ${reasons.join('; ')}`,
    expected: 'one of them',
    remedy: 'Run it again later, or give a copy of yours with --from FOLDER',
  });
}
