/** The files of a source: where each comes from, where it goes, and how it is checked. */

import { InputError } from 'celeba-lab/dist/errors';
import { download, type Checksum } from 'celeba-lab/dist/files';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expandRange, placeOf, type CatalogEntry, type CatalogSource } from './catalog';

/** A file to download. */
export interface RemoteFile {
  /** Where it goes, in the dataset's folder. */
  path: string;
  url: string;
  /** Published size in bytes, where it is known. */
  sizeBytes?: number;
  checksum?: Checksum;
}

/** A file as a source lists it. */
interface ListedFile {
  path: string;
  sizeBytes: number;
  checksum: Checksum;
}

/** Where the files of a source go, in the dataset's folder; known without asking it. */
export function pathsOfSource(entry: CatalogEntry, source: CatalogSource): string[] {
  const named = (source.names ?? []).flatMap(expandRange).map((name) => placeOf(entry, name) ?? name);
  return source.files?.map(({ path }) => path) ?? named;
}

/**
 * The files of a source, asked for where the source has a list of them.
 * @param folder where the list may be kept while it is read
 * @throws       InputError where the list can't be had or holds other files than expected
 */
export async function filesOfSource(entry: CatalogEntry, source: CatalogSource, folder: string): Promise<RemoteFile[]> {
  if (source.files !== undefined) return source.files.map(({ md5, ...file }) => ({ ...file, checksum: asMd5(md5) }));
  const names = (source.names ?? []).flatMap(expandRange);
  const toRemote = (path: string): RemoteFile => ({
    path: placeOf(entry, path) ?? path,
    url: (source.address ?? '{path}').replace('{path}', path.split('/').map(encodeURIComponent).join('/')),
  });
  if (source.listing === undefined) return names.map(toRemote);
  const listed = new Map((await readListing(source.listing, folder)).map((file) => [file.path, file]));
  return names.map((name) => {
    const file = listed.get(name);
    if (file !== undefined) return { ...toRemote(name), sizeBytes: file.sizeBytes, checksum: file.checksum };
    throw new InputError({
      where: source.listing?.url ?? source.name,
      found: `${listed.size} files, none of them ${name}`,
      expected: `the ${names.length} files of this version`,
      remedy: 'Try another source',
    });
  });
}

/**
 * The same files below the address of a mirror, under the names that the source has for them.
 * @param base address that ends with a slash
 */
export function filesOfMirror(entry: CatalogEntry, source: CatalogSource, base: string): RemoteFile[] {
  const known = source.files?.map(({ md5, ...file }) => ({
    ...file,
    url: new URL(file.path, base).href,
    checksum: asMd5(md5),
  }));
  const named = (source.names ?? []).flatMap(expandRange).map((name) => {
    const path = placeOf(entry, name) ?? name;
    return { path, url: new URL(path, base).href };
  });
  return known ?? named;
}

function asMd5(hex: string | undefined): Checksum | undefined {
  return hex === undefined ? undefined : { algorithm: 'md5', hex };
}

async function readListing(listing: NonNullable<CatalogSource['listing']>, folder: string): Promise<ListedFile[]> {
  const file = join(folder, 'list.json');
  await rm(file, { force: true });
  await download(listing.url, file, {});
  const text = await readFile(file, 'utf8');
  await rm(file);
  try {
    const files = READERS[listing.format](JSON.parse(text));
    if (files.every(({ path, sizeBytes, checksum }) => path && sizeBytes >= 0 && checksum.hex)) return files;
  } catch {
    // Told below, as for a list that lacks something.
  }
  throw new InputError({
    where: listing.url,
    found: 'an answer in another form',
    expected: 'a list of files with sizes and checksums',
    remedy: 'Try another source',
  });
}

/** Fields as huggingface.co/docs/hub/api and docs.github.com/rest/git/trees name them. */
const READERS: Record<'huggingface' | 'github', (answer: unknown) => ListedFile[]> = {
  huggingface: (answer) =>
    (answer as { type: string; path: string; size: number; oid: string; lfs?: { oid: string } }[])
      .filter(({ type }) => type === 'file')
      .map(({ path, size, oid, lfs }) => ({
        path,
        sizeBytes: size,
        checksum: lfs ? { algorithm: 'sha256', hex: lfs.oid } : { algorithm: 'git-blob', hex: oid },
      })),
  github: (answer) =>
    (answer as { tree: { type: string; path: string; size: number; sha: string }[] }).tree
      .filter(({ type }) => type === 'blob')
      .map(({ path, size, sha }) => ({ path, sizeBytes: size, checksum: { algorithm: 'git-blob', hex: sha } })),
};
