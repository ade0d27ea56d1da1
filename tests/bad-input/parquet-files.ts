/** Parquet files with a fault; make_parquet.py wrote those in parquet/. */

import { readFileSync } from 'node:fs';
import { project } from 'celeba-lab';
import { NAMES, WEB_PAGE, write, type BadInput } from './bad-input';

const POINTER = 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n';

/** One of the parquet files. */
export function parquet(name: string): Buffer {
  return readFileSync(project.projectPath('tests', 'bad-input', 'parquet', `${name}.parquet`));
}

/** A file whose footer is overwritten, but for its length and the mark at the end. */
function withoutFooter(file: Buffer): Buffer {
  return file.fill(0xff, file.length - 300, file.length - 8);
}

/** Three files, one a part, of which some are replaced. */
export function threeParts(folder: string, changed: Record<string, string | Uint8Array> = {}): string {
  const parts = ['train', 'validation', 'test'].map((part) => [`data/${part}-00000-of-00001.parquet`, parquet(part)]);
  const others = Object.entries(changed).map(([part, content]) => [`data/${part}-00000-of-00001.parquet`, content]);
  return write(folder, Object.fromEntries([...parts, ...others]) as Record<string, Uint8Array>);
}

const TRAIN = 'train-00000-of-00001.parquet';

export const PARQUET_FILES: BadInput[] = [
  {
    kind: 'parquet file cut short',
    made: 'the last 50 bytes cut off',
    shown: `${TRAIN}: found a parquet file that ends early, expected a whole parquet file`,
    kept: 0,
    make: (folder) => threeParts(folder, { train: parquet('train').subarray(0, -50) }),
  },
  {
    kind: 'parquet file empty',
    made: 'a file of 0 bytes',
    shown: `${TRAIN}: found an empty file (0 bytes)`,
    kept: 0,
    make: (folder) => threeParts(folder, { train: '' }),
  },
  {
    kind: 'parquet file that is a web page',
    made: 'an answer of a host that wants a login',
    shown: `${TRAIN}: found a web page`,
    kept: 0,
    make: (folder) => threeParts(folder, { train: WEB_PAGE }),
  },
  {
    kind: 'parquet file that is a pointer',
    made: 'what git leaves where large files were not fetched',
    shown: `${TRAIN}: found a pointer to the file instead of the file`,
    kept: 0,
    make: (folder) => threeParts(folder, { train: POINTER }),
  },
  {
    kind: 'parquet file with a damaged footer',
    made: 'zeros written over the footer',
    shown: `${TRAIN}: found a footer that is damaged`,
    kept: 0,
    make: (folder) => threeParts(folder, { train: withoutFooter(parquet('train')) }),
  },
  {
    kind: 'parquet file without pictures',
    made: 'a copy with the tables only',
    shown: `${TRAIN}: found no column of pictures among celeb_id, Male, Smiling`,
    kept: 0,
    make: (folder) => threeParts(folder, { train: parquet('no-image') }),
  },
  {
    kind: 'parquet file without the attribute',
    made: 'no column Male in all',
    shown: `${TRAIN}: found no column Male, expected one of its columns: Smiling`,
    kept: 0,
    make: (folder) => threeParts(folder, { train: parquet('no-male') }),
  },
  {
    kind: 'parquet files of two copies',
    made: 'a column more in one',
    shown: 'test-00000-of-00001.parquet: found other columns, expected the same as in train-00000-of-00001.parquet',
    kept: 0,
    make: (folder) => threeParts(folder, { test: parquet('more-columns') }),
  },
  {
    kind: 'parquet file whose name tells no part',
    made: 'celeba.parquet alone',
    shown: 'celeba.parquet: found no part in its name',
    kept: 0,
    make: (folder) => write(folder, { 'celeba.parquet': parquet('all') }),
  },
  {
    kind: 'parquet file that the partition table lacks',
    made: 'a table of five of its six photos',
    shown: 'found no row for 000006.jpg in the partition table',
    kept: 0,
    make: (folder) =>
      write(folder, {
        'celeba.parquet': parquet('all'),
        'list_eval_partition.txt': NAMES.slice(0, 5)
          .map((name, i) => `${name} ${i >> 1}\n`)
          .join(''),
      }),
  },
  {
    kind: 'parquet row without a label',
    made: 'a null in Male',
    shown: '1 row without a value for Male left out',
    kept: 6,
    make: (folder) => threeParts(folder, { train: parquet('no-label') }),
  },
  {
    kind: 'parquet row without a picture',
    made: 'a null in image',
    shown: 'a row without a picture',
    kept: 6,
    make: (folder) => threeParts(folder, { train: parquet('no-picture') }),
  },
  {
    kind: 'parquet rows that are damaged',
    made: 'zeros written over the pictures of the first two rows',
    shown: 'a picture in damaged rows',
    kept: 4,
    make: (folder) =>
      write(folder, {
        'celeba.parquet': parquet('all').fill(0, 4, 600),
        // Of both classes a training photo is left.
        'list_eval_partition.txt': NAMES.map((name, i) => `${name} ${[1, 2, 0, 0, 1, 2][i]}\n`).join(''),
      }),
  },
  {
    kind: 'parquet rows without names',
    made: 'a null in image.path',
    shown: 'CelebA as parquet, 3 files, 6 photos',
    kept: 6,
    make: (folder) => threeParts(folder, { train: parquet('nameless') }),
  },
];
