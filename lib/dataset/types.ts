/** What every copy of a dataset is turned into: photos with a label and a part. */

import type { LeftOut } from './left-out';
import type { AttributeTable } from './parse-attributes';

/** The three parts of a split. */
export type Part = 'train' | 'validation' | 'test';

/** In the order in which they are shown; 0, 1 and 2 in CelebA's list_eval_partition stand for them. */
export const PARTS: readonly Part[] = ['train', 'validation', 'test'];

/** Whose split it is: the data set's own, the article's, or a seeded draw. */
export type SplitName = 'official' | 'article' | 'random';

/** One photo of a dataset. */
export interface Photo {
  /** Absolute path of the file; in an archive ARCHIVE.zip/PATH or ARCHIVE.parquet/ROW/NAME. `readPhotoBytes` reads both. */
  file: string;
  /** Its name as the user knows it: as in the table, or `class/name`. */
  name: string;
  /** Index into the dataset's `classNames`. */
  label: number;
  /** The part of the split it belongs to. */
  part: Part;
  /** Number of the person shown, where the dataset tells. */
  identity?: number;
}

/** A dataset, ready to be split, shown and learned. */
export interface Dataset {
  /** Which kind of folder was recognised. */
  kind: 'celeba' | 'class-folders';
  /** Absolute path of the folder or archive; only ever read. */
  folder: string;
  /** Short name for titles and the report. */
  name: string;
  /** What is learned: an attribute of the table, or `class` for class folders. */
  attribute: string;
  /** Names of the classes, by label. */
  classNames: string[];
  /** What the parts are: `official` where the dataset came with them, `random` where they were drawn. */
  split: SplitName;
  /** All photos whose files are there, in the order of the table or of their names. */
  photos: Photo[];
  /** Photos that a table names and the folder lacks; `photos.selectReadable` lists them with the rejected ones. */
  missing: Photo[];
  /** Rows and files that are no photos of this dataset, counted by reason; part of `description` too. */
  leftOut: LeftOut[];
  /** All attributes of all rows, where the dataset has a table; `attributeTable` makes a data frame of it. */
  table?: AttributeTable;
  /** True for the sample set: its pictures are drawings, not photos. */
  drawn: boolean;
  /** One line: what was recognised and what was found. */
  description: string;
}
