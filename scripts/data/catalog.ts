/** What can be obtained, from where, and how it is checked: scripts/data/sources.json, or another file in its form. */

import { readFile } from 'node:fs/promises';
import { InputError } from 'celeba-lab/dist/errors';
import { missingShards } from './shards';

/** A file with a fixed address. */
export interface CatalogFile {
  /** Where it lies in the dataset's folder. */
  path: string;
  url: string;
  /** Published size in bytes, where it is known. */
  sizeBytes?: number;
  md5?: string;
}

/** One place that has the dataset: `files` with fixed addresses, or `names` below `address`. */
export interface CatalogSource {
  /** Short name for --source and for folders. */
  key: string;
  /** As shown to the user. */
  name: string;
  files?: CatalogFile[];
  /** Paths there, with ranges such as {00..24}. */
  names?: string[];
  /** Address of each of the names, with {path} in its place. */
  address?: string;
  /** Where the source lists its files with sizes and checksums. */
  listing?: { format: 'huggingface' | 'github'; url: string };
  /** Its size in bytes, roughly, where the files' sizes aren't known. */
  aboutBytes: number;
}

/** A dataset that can be obtained. */
export interface CatalogEntry {
  /** One line. */
  title: string;
  /** Where it is put, relative to the project. */
  folder: string;
  /** What one must know before using it, a sentence each. */
  terms: string[];
  mustAccept: boolean;
  /** Which files of a folder, an archive or a listing belong to it, and where they go; patterns of whole paths. */
  keep: { from: string; to: string }[];
  /** Alternatives: the dataset is whole where each pattern of one of them is some file's. */
  whole: string[][];
  /** How many photos a whole copy has, where they come as single files; missing where nobody knows. */
  photoCount?: number;
  /** In the order in which they are tried. */
  sources: CatalogSource[];
}

/** By the name that the user gives. */
export type Catalog = Record<string, CatalogEntry>;

/**
 * Reads a catalog.
 * @param file path of a JSON file in the form of scripts/data/sources.json
 * @throws     InputError where it can't be read or has another form
 */
export async function readCatalog(file: string): Promise<Catalog> {
  const fault = (found: string): InputError => {
    const expected = 'a list of datasets as in scripts/data/sources.json';
    return new InputError({ where: file, found, expected, remedy: 'Give another file after --catalog' });
  };
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw fault(error.code === 'ENOENT' ? 'no such file' : error.message);
  });
  let catalog: Partial<Record<string, Partial<CatalogEntry>>>;
  try {
    catalog = JSON.parse(text) as typeof catalog;
  } catch {
    throw fault('text that is no JSON');
  }
  for (const [name, entry] of Object.entries(catalog)) {
    const lists = [entry?.terms, entry?.keep, entry?.whole, entry?.sources];
    if (!lists.every(Array.isArray) || typeof entry?.folder !== 'string') throw fault(`"${name}" without its lists`);
  }
  return catalog as Catalog;
}

/**
 * Where a file of a folder, an archive or a listing goes.
 * @param path with forward slashes
 * @returns    a path in the dataset's folder; undefined where the file doesn't belong to the dataset
 * @example    placeOf(celeba, 'CelebA/Anno/list_attr_celeba.txt') // 'list_attr_celeba.txt'
 */
export function placeOf(entry: Pick<CatalogEntry, 'keep'>, path: string): string | undefined {
  for (const { from, to } of entry.keep) {
    const match = new RegExp(from).exec(path);
    if (match) return to.replace(/\$(\d)/g, (_, group: string) => match[Number(group)]);
  }
  return undefined;
}

/** Whether files make up a whole copy, as far as their names tell: of a table in parts, all parts. */
export function isWhole(entry: Pick<CatalogEntry, 'whole'>, paths: readonly string[]): boolean {
  return entry.whole.some((patterns) =>
    patterns.every((pattern) => {
      const matching = paths.filter((path) => new RegExp(pattern).test(path));
      return matching.length > 0 && missingShards(matching).length === 0;
    }),
  );
}

/**
 * The names that a pattern stands for.
 * @example expandRange('{08..10}.jpg') // ['08.jpg', '09.jpg', '10.jpg']
 */
export function expandRange(pattern: string): string[] {
  const match = /\{(\d+)\.\.(\d+)\}/.exec(pattern);
  if (!match) return [pattern];
  const [range, first, last] = match;
  const count = Number(last) - Number(first) + 1;
  return Array.from({ length: count }, (_, i) =>
    pattern.replace(range, String(Number(first) + i).padStart(first.length, '0')),
  );
}
