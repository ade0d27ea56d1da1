/** CelebA's tables as CSV, with a fault. */

import { ATTRIBUTES, celeba, NAMES, partOf, WEB_PAGE, type BadInput } from './bad-input';

const ROWS = ATTRIBUTES.trim()
  .split('\n')
  .slice(2)
  .map((row) => row.split(/ +/).join(','));
const HEADING = 'image_id,Male,Smiling';
const CSV = [HEADING, ...ROWS, ''].join('\n');
const PARTITION = ['image_id,partition', ...NAMES.map((name, i) => `${name},${partOf(i)}`), ''].join('\n');

const csv =
  (attributes: string, partition = PARTITION) =>
  (folder: string) =>
    celeba(folder, {
      'list_attr_celeba.txt': undefined,
      'list_eval_partition.txt': undefined,
      'list_attr_celeba.csv': attributes,
      'list_eval_partition.csv': partition,
    });

export const CSV_TABLES: BadInput[] = [
  {
    kind: 'CSV without a heading over the names',
    made: 'a blank first cell, as one copy has it',
    shown: 'CelebA as CSV tables, 6 photos, 4 train, 1 validation, 1 test',
    kept: 6,
    make: csv(CSV.replace('image_id', '')),
  },
  {
    kind: 'CSV with everything quoted and Windows line ends',
    made: 'saved by a spreadsheet',
    shown: 'CelebA as CSV tables, 6 photos',
    kept: 6,
    make: csv(CSV.replaceAll(/[^,\n]+/g, '"$&"').replaceAll('\n', '\r\n')),
  },
  {
    kind: 'CSV with a word for a value',
    made: 'yes for 1',
    shown: 'list_attr_celeba.csv, line 3: found "yes" for 000002.jpg, Male, expected 1 or -1',
    kept: 0,
    make: csv(CSV.replace('000002.jpg,1', '000002.jpg,yes')),
  },
  {
    kind: 'CSV with a blank cell',
    made: 'a value removed',
    shown: 'line 3: found nothing for 000002.jpg, Male, expected 1 or -1',
    kept: 0,
    make: csv(CSV.replace('000002.jpg,1', '000002.jpg,')),
  },
  {
    kind: 'CSV with a part of spaces',
    made: 'a space instead of a number',
    shown:
      'list_eval_partition.csv, line 3: found " " for 000002.jpg, partition, expected 0 (train), 1 (validation) or 2',
    kept: 0,
    make: csv(CSV, PARTITION.replace(/000002\.jpg,\d/, '000002.jpg, ')),
  },
  {
    kind: 'CSV with blank lines at its end',
    made: 'three line ends and a space more, as editors leave them',
    shown: 'CelebA as CSV tables, 6 photos, 4 train, 1 validation, 1 test',
    kept: 6,
    make: csv(`${CSV}\n\n \n`, `${PARTITION}\n`),
  },
  {
    kind: 'CSV with a row too short',
    made: 'cut off after a name',
    shown: 'line 7: found 1 value, expected 3, one for each heading',
    kept: 0,
    make: csv(CSV.slice(0, -6)),
  },
  {
    kind: 'CSV with a row too long',
    made: 'a value more than headings',
    shown: 'list_attr_celeba.csv, line 3: found 4 values, expected 3, one for each heading',
    kept: 0,
    make: csv(CSV.replace('000002.jpg,1', '000002.jpg,1,1')),
  },
  {
    kind: 'CSV without a name',
    made: 'a blank first cell in a row',
    shown: "line 3: found no name, expected a photo's name",
    kept: 0,
    make: csv(CSV.replace('000002.jpg', '')),
  },
  {
    kind: 'CSV with a photo twice',
    made: 'row 2 named as row 1',
    shown: 'line 3: found 000001.jpg again',
    kept: 0,
    make: csv(CSV.replace('000002', '000001')),
  },
  {
    kind: 'CSV without its heading',
    made: 'the first line cut off',
    shown: 'list_attr_celeba.csv, line 1: found no column Male',
    kept: 0,
    make: csv(ROWS.join('\n')),
  },
  {
    kind: 'CSV with a heading only',
    made: 'all rows cut off',
    shown: 'list_attr_celeba.csv: found a heading only, expected a row for each photo',
    kept: 0,
    make: csv(`${HEADING}\n`),
  },
  {
    kind: 'CSV parted by semicolons',
    made: 'saved by a spreadsheet',
    shown: 'line 1: found one column',
    kept: 0,
    make: csv(CSV.replaceAll(',', ';')),
  },
  {
    kind: 'CSV that is a web page',
    made: 'an answer of a host that wants a login',
    shown: 'list_attr_celeba.csv: found a web page, expected a table',
    kept: 0,
    make: csv(WEB_PAGE),
  },
  {
    kind: 'CSV of parts with another value',
    made: 'a 7',
    shown: 'list_eval_partition.csv, line 2: found "7" for 000001.jpg, partition, expected 0 (train)',
    kept: 0,
    make: csv(CSV, PARTITION.replace('000001.jpg,0', '000001.jpg,7')),
  },
  {
    kind: 'CSV of parts with a third column',
    made: 'a column more',
    shown: "line 1: found 3 columns, expected two: a photo's name and a number",
    kept: 0,
    make: csv(CSV, PARTITION.replaceAll('\n', ',0\n').replace('partition,0', 'partition,x')),
  },
];
