import assert from 'node:assert/strict';
import { basename, dirname } from 'node:path';
import { test } from 'node:test';
import { readParts } from 'celeba-lab/dist/dataset/celeba-tables';
import { IDENTITIES, PARTITION as PARTS_RULE } from 'celeba-lab/dist/dataset/celeba-tables';
import { folderTree } from 'celeba-lab/dist/dataset/file-tree';
import { LeftOutCounter } from 'celeba-lab/dist/dataset/left-out';
import { parsePairs } from 'celeba-lab/dist/dataset/parse-pairs';
import { NAMES, PARTITION, writeTable } from './write-celeba';

test('0, 1 and 2 of the partition table are train, validation and test', async (t) => {
  const file = writeTable(t, 'list_eval_partition.txt', PARTITION);
  const table = await readParts(folderTree(dirname(file), new LeftOutCounter()), basename(file));
  assert.deepEqual(table, { files: NAMES, parts: ['train', 'train', 'validation', 'validation', 'test', 'test'] });
});

test('a partition table with another number, another count of words or a name again is refused by its line', () => {
  const refused = (text: string, message: RegExp): void =>
    assert.throws(() => parsePairs('list_eval_partition.txt', PARTS_RULE, Buffer.from(text)), {
      name: 'InputError',
      message,
    });
  refused('a.jpg 0\nb.jpg 3\n', /line 2: found "3" for b\.jpg, expected 0 \(train\), 1 \(validation\) or 2/);
  refused('a.jpg 0\nb.jpg\n', /line 2: found 1 word, expected a photo's name and a number/);
  refused('a.jpg 0\na.jpg 1\n', /line 2: found a\.jpg again/);
});

test('the identity table gives the number of the person in each photo, also with CRLF line ends', () => {
  const bytes = Buffer.from('000001.jpg 2880\r\n000002.jpg 10177\r\n');
  assert.deepEqual([...parsePairs('identity_CelebA.txt', IDENTITIES, bytes).values], [2880, 10177]);
});
