/** Which parquet files make up a dataset, and which part each belongs to. */

import { basename, posix } from 'node:path';
import type { FileTree } from './file-tree';
import { partNamed } from './part-names';
import { below } from './photo-classes';
import { PARTS, type Part } from './types';

/** One parquet file. */
export interface Shard {
  /** Absolute path. */
  file: string;
  /** The part that its name or its folder's name says; undefined where none does. */
  part?: Part;
}

// Where Hugging Face's repositories have them: beside the tables, in data/, or in a folder a configuration.
const FOLDERS = ['', 'data', 'default', 'celeba'];

/**
 * Looks for parquet files: in the folder itself, in data/, and in folders that are named as parts.
 * @returns training files first, each part's sorted by path; those of one folder only, the first that has any
 */
export function findShards(tree: FileTree): Shard[] {
  if (tree.zipped) return [];
  return FOLDERS.map((folder) => shardsIn(tree, folder)).find((shards) => shards.length > 0) ?? [];
}

/**
 * The part that a parquet file's name begins with.
 * @example shardOf('/d/data/train-00000-of-00019.parquet').part // 'train'
 */
export function shardOf(file: string): Shard {
  const word = /^[a-z]+/i.exec(basename(file))?.[0] ?? '';
  const part = partNamed(word) ?? partNamed(basename(posix.dirname(file)));
  return part === undefined ? { file } : { file, part };
}

function shardsIn(tree: FileTree, folder: string): Shard[] {
  const named = tree.list(folder).folders.filter((name) => partNamed(name) !== undefined);
  const folders = [folder, ...named.map((name) => below(folder, name))];
  return folders
    .flatMap((place) =>
      tree
        .list(place)
        .files.filter((name) => /\.parquet$/i.test(name))
        .map((name) => below(place, name)),
    )
    .sort()
    .map((path) => shardOf(tree.pathOf(path)))
    .sort((a, b) => rank(a) - rank(b));
}

// CelebA's own order, in which the article took its photos.
function rank({ part }: Shard): number {
  return part === undefined ? PARTS.length : PARTS.indexOf(part);
}
