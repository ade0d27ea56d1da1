/** CelebA's text tables with a fault. */

import { ATTRIBUTES, celeba, NAMES, PARTITION, WEB_PAGE, type BadInput } from './bad-input';

const TABLE = 'list_attr_celeba.txt';
const PARTS = 'list_eval_partition.txt';
const PERSONS = 'identity_CelebA.txt';

const attributes = (change: (text: string) => string | Uint8Array) => (folder: string) =>
  celeba(folder, { [TABLE]: change(ATTRIBUTES) });
const partition = (change: (text: string) => string) => (folder: string) =>
  celeba(folder, { [PARTS]: change(PARTITION) });
const identities = (text: string) => (folder: string) => celeba(folder, { [PERSONS]: text });
const persons = NAMES.map((name, i) => `${name} ${i}\n`).join('');

export const TEXT_TABLES: BadInput[] = [
  {
    kind: 'attribute table cut short in a row',
    made: 'the last 4 bytes cut off',
    shown: 'list_attr_celeba.txt, line 8: found 1 for 000006.jpg, expected 2 values',
    kept: 0,
    make: attributes((text) => text.slice(0, -4)),
  },
  {
    kind: 'attribute table cut short between rows',
    made: 'the last row cut off',
    shown: 'found 5 rows, expected 6, as line 1 says',
    kept: 0,
    make: attributes((text) => text.slice(0, -17)),
  },
  {
    kind: 'attribute table with more rows than it says',
    made: 'line 1 says 5',
    shown: 'found more rows than that, expected 5, as line 1 says',
    kept: 0,
    make: attributes((text) => text.replace('6\n', '5\n')),
  },
  {
    kind: 'attribute table with a count out of all bounds',
    made: 'line 1 says 999999999999999',
    shown: 'found 6 rows, expected 999999999999999, as line 1 says',
    kept: 0,
    make: attributes((text) => text.replace('6\n', '999999999999999\n')),
  },
  {
    kind: 'attribute table with another value',
    made: 'a 2 for a 1',
    shown: 'line 4: found "2" for 000002.jpg, expected 1 or -1',
    kept: 0,
    make: attributes((text) => text.replace('000002.jpg  1', '000002.jpg  2')),
  },
  {
    kind: 'attribute table with a value too many',
    made: 'a third value in a row',
    shown: 'line 3: found 3 for 000001.jpg, expected 2 values',
    kept: 0,
    make: attributes((text) => text.replace('-1  1\n', '-1  1 1\n')),
  },
  {
    kind: 'attribute table with a photo twice',
    made: 'row 2 named as row 1',
    shown: 'line 4: found 000001.jpg again, expected one row for each photo',
    kept: 0,
    make: attributes((text) => text.replace('000002', '000001')),
  },
  {
    kind: 'attribute table without its first line',
    made: 'the count cut off',
    shown: 'line 1: found "Male Smiling", expected the number of photos, alone',
    kept: 0,
    make: attributes((text) => text.slice(2)),
  },
  {
    kind: 'attribute table without its names',
    made: 'line 2 cut off',
    shown: "line 2: found no names, expected the attributes' names",
    kept: 0,
    make: attributes((text) => text.replace('Male Smiling ', '')),
  },
  {
    kind: 'attribute table empty',
    made: 'a file of 0 bytes',
    shown: 'list_attr_celeba.txt: found nothing, expected rows',
    kept: 0,
    make: attributes(() => ''),
  },
  {
    kind: 'attribute table that is a web page',
    made: 'an answer of a host that is over its quota',
    shown: 'list_attr_celeba.txt: found a web page, expected a table. The download was refused',
    kept: 0,
    make: attributes(() => WEB_PAGE),
  },
  {
    kind: 'attribute table in UTF-16',
    made: 'saved by a spreadsheet',
    shown: 'line 1: found ',
    kept: 0,
    make: attributes((text) => Buffer.from(`\ufeff${text}`, 'utf16le')),
  },
  {
    kind: 'attribute table without the attribute',
    made: 'Male renamed to Man',
    shown: 'line 2: found no column Male, expected one of its columns: Man, Smiling',
    kept: 0,
    make: attributes((text) => text.replace('Male', 'Man')),
  },
  {
    kind: 'attribute table with Windows line ends and a byte order mark',
    made: 'CRLF and EF BB BF',
    shown: 'CelebA text tables, 6 photos, 4 train, 1 validation, 1 test',
    kept: 6,
    make: attributes((text) => `\ufeff${text.replaceAll('\n', '\r\n')}`),
  },
  {
    kind: 'attribute table whose name leads upwards',
    made: '../000002.jpg in a row, and such a file there',
    shown: '1 row with a name that leads outside the folder of photos left out',
    kept: 5,
    make: (folder) =>
      celeba(folder, {
        [TABLE]: ATTRIBUTES.replace('000002.jpg', '../x000002.jpg'),
        [PARTS]: PARTITION.replace('000002.jpg', '../x000002.jpg'),
        'x000002.jpg': 'outside',
        'img_align_celeba/000002.jpg': undefined,
      }),
  },
  {
    kind: 'attribute table with an absolute path',
    made: '/etc/passwd in a row',
    shown: '1 row with a name that leads outside the folder of photos left out',
    kept: 5,
    make: (folder) =>
      celeba(folder, {
        [TABLE]: ATTRIBUTES.replace('000002.jpg', '/etc/passwd'),
        [PARTS]: PARTITION.replace('000002.jpg', '/etc/passwd'),
        'img_align_celeba/000002.jpg': undefined,
      }),
  },
  {
    kind: 'one class only',
    made: 'every photo labelled 1',
    shown: 'found each of 6 photos with it, so that there is nothing to tell apart',
    kept: 0,
    make: attributes((text) => text.replaceAll(/jpg +-?1/g, 'jpg 1')),
  },
  {
    kind: 'partition table missing',
    made: 'list_eval_partition.txt removed',
    shown: 'found no list_eval_partition.txt',
    kept: 0,
    make: (folder) => celeba(folder, { [PARTS]: undefined }),
  },
  {
    kind: 'partition table with another value',
    made: 'a 3',
    shown: 'line 5: found "3" for 000005.jpg, expected 0 (train), 1 (validation) or 2 (test)',
    kept: 0,
    make: partition((text) => text.replace('000005.jpg 1', '000005.jpg 3')),
  },
  {
    kind: 'partition table without a number',
    made: 'a name alone in a row',
    shown: "line 5: found 1 word, expected a photo's name and a number",
    kept: 0,
    make: partition((text) => text.replace('000005.jpg 1', '000005.jpg')),
  },
  {
    kind: 'partition table that lacks photos',
    made: 'the last two rows cut off',
    shown: 'found no row for 000005.jpg and 1 other photo',
    kept: 0,
    make: partition((text) => text.slice(0, -26)),
  },
  {
    kind: 'partition table without a part',
    made: 'no 1 in it',
    shown: 'found no validation photo, expected photos in each part',
    kept: 0,
    make: partition((text) => text.replaceAll(' 1\n', ' 0\n')),
  },
  {
    kind: 'partition table with rows of other photos',
    made: 'a row more',
    shown: '1 row of the partition table without attributes left out',
    kept: 6,
    make: partition((text) => `${text}999999.jpg 0\n`),
  },
  {
    kind: 'identity table with a word',
    made: 'a name for a number',
    shown: 'line 2: found "Ann" for 000002.jpg, expected the number of a person',
    kept: 0,
    make: identities(persons.replace('000002.jpg 1', '000002.jpg Ann')),
  },
  {
    kind: 'identity table with rows of other photos',
    made: 'two rows more',
    shown: '2 rows of the identity table without attributes left out',
    kept: 6,
    make: identities(`${persons}999998.jpg 1\n999999.jpg 1\n`),
  },
  {
    kind: 'photo of the table not there',
    made: 'a file removed',
    shown: '1 photo of the table not there',
    kept: 5,
    make: (folder) => celeba(folder, { 'img_align_celeba/000001.jpg': undefined }),
  },
  {
    kind: 'photo without a row',
    made: 'a file more',
    shown: '1 file without a label left out',
    kept: 6,
    make: (folder) => celeba(folder, { 'img_align_celeba/000007.jpg': 'no label' }),
  },
  {
    kind: 'none of the photos there',
    made: 'photos of other names',
    shown: 'found none of the photos that list_attr_celeba.txt names',
    kept: 0,
    make: (folder) =>
      celeba(folder, {
        ...Object.fromEntries(NAMES.map((name) => [`img_align_celeba/${name}`, undefined])),
        'img_align_celeba/a.jpg': '',
      }),
  },
];
