import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { dataset, InputError } from 'celeba-lab';
import { ATTRIBUTES, PARTITION, writeTable } from './write-celeba';

const { readAttributes, readIdentities, readPartition } = dataset;
const TABLE = 'list_attr_celeba.txt';

/** The message of the InputError that an action throws. */
function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    assert.ok(error instanceof InputError, String(error));
    return error.message;
  }
  return assert.fail('nothing was thrown');
}

test('readAttributes gives a row a photo and an Int8 column of 1 and -1 an attribute', (t) => {
  const table = readAttributes(writeTable(t, TABLE, ATTRIBUTES));
  assert.deepEqual(table.columns, ['file', 'Male', 'Smiling', 'Wearing_Hat']);
  assert.deepEqual(table.row(2), ['000003.jpg', -1, 1, 1]);
  assert.equal(table.height, 6);
  assert.equal(String(table.getColumn('Male').dtype), 'DataType(Int8)');
});

test('readAttributes accepts CRLF line ends', (t) => {
  const table = readAttributes(writeTable(t, TABLE, ATTRIBUTES.replaceAll('\n', '\r\n')));
  assert.deepEqual(table.columns, ['file', 'Male', 'Smiling', 'Wearing_Hat']);
  assert.deepEqual(table.row(5), ['000006.jpg', 1, -1, -1]);
});

test('readAttributes accepts a byte order mark and blank lines at the end', (t) => {
  const table = readAttributes(writeTable(t, TABLE, `\ufeff${ATTRIBUTES}\r\n  \n\n`));
  assert.equal(table.height, 6);
});

test('readAttributes accepts a last line without its end, tabs, and names with any characters', (t) => {
  const table = readAttributes(writeTable(t, TABLE, '2\nMale\nÄnne#1.jpg\t-1\nb.jpg 1'));
  assert.deepEqual(table.row(0), ['Änne#1.jpg', -1]);
  assert.deepEqual(table.row(1), ['b.jpg', 1]);
});

test('readAttributes accepts a table of one attribute', (t) => {
  assert.deepEqual(readAttributes(writeTable(t, TABLE, '1\nMale\na.jpg 1\n')).columns, ['file', 'Male']);
});

test('readAttributes names the promised and the found count where line 1 is wrong', (t) => {
  const more = messageOf(() => readAttributes(writeTable(t, TABLE, ATTRIBUTES.replace('6', '7'))));
  assert.match(more, /list_attr_celeba\.txt: found 6 rows, expected 7, as line 1 says\. .*copy it again/i);
  const fewer = messageOf(() => readAttributes(writeTable(t, TABLE, ATTRIBUTES.replace('6', '5'))));
  assert.match(fewer, /found more rows than that, expected 5, as line 1 says/);
});

test('readAttributes takes no memory for a count that the file is too short for', (t) => {
  for (const count of ['2025990000', '999999999999999']) {
    const table = writeTable(t, TABLE, ATTRIBUTES.replace('6', count));
    const before = process.memoryUsage().arrayBuffers;
    assert.ok(messageOf(() => readAttributes(table)).includes(`found 6 rows, expected ${count}, as line 1 says`));
    assert.ok(process.memoryUsage().arrayBuffers - before < 10_000_000);
  }
});

test('readAttributes names line 1 where the count is missing', (t) => {
  const message = messageOf(() => readAttributes(writeTable(t, TABLE, ATTRIBUTES.slice(2))));
  assert.match(
    message,
    /^list_attr_celeba\.txt, line 1: found "Male Smiling Wearing_Hat", expected the number of photos/,
  );
});

test('readAttributes names line 2 where the names are missing or one stands twice', (t) => {
  const none = messageOf(() => readAttributes(writeTable(t, TABLE, '1\na.jpg 1\n')));
  assert.match(none, /line 2: found "a\.jpg 1", expected the attributes' names/);
  const twice = messageOf(() => readAttributes(writeTable(t, TABLE, '1\nMale Male\na.jpg 1 1\n')));
  assert.match(twice, /line 2: found Male twice, expected each name once/);
});

test('readAttributes names the line with a missing, extra or other value', (t) => {
  const changed = (to: string): string =>
    messageOf(() => readAttributes(writeTable(t, TABLE, ATTRIBUTES.replace('000003.jpg -1  1  1', to))));
  assert.match(
    changed('000003.jpg -1  1'),
    /line 5: found 2 for 000003\.jpg, expected 3 values, one for each name on line 2/,
  );
  assert.match(changed('000003.jpg -1 1 1 1 -1'), /line 5: found 5 for 000003\.jpg, expected 3 values/);
  assert.match(changed('000003.jpg -1 0 1'), /line 5: found "0" for 000003\.jpg, expected 1 or -1/);
  assert.match(changed('000003.jpg -1 11 1'), /line 5: found "11" for 000003\.jpg/);
  assert.match(changed('000003.jpg -1 - 1'), /line 5: found "-" for 000003\.jpg/);
});

test('readAttributes names the line of a photo that comes twice', (t) => {
  const message = messageOf(() => readAttributes(writeTable(t, TABLE, ATTRIBUTES.replace('000004', '000002'))));
  assert.match(message, /line 6: found 000002\.jpg again, expected one row for each photo/);
});

test('readAttributes refuses a table cut off in the middle of a value', (t) => {
  const message = messageOf(() => readAttributes(writeTable(t, TABLE, ATTRIBUTES.slice(0, -2))));
  assert.match(message, /line 8: found "-" for 000006\.jpg/);
});

test('readAttributes refuses an empty file, a missing file and a web page by name', (t) => {
  assert.match(
    messageOf(() => readAttributes(writeTable(t, TABLE, ''))),
    /list_attr_celeba\.txt: found nothing/,
  );
  const page = writeTable(t, TABLE, '<!DOCTYPE html><html>Quota exceeded</html>');
  assert.match(
    messageOf(() => readAttributes(page)),
    /found a web page, expected a table\. The download was refused/,
  );
  assert.match(
    messageOf(() => readAttributes(join(page, '..', 'nope.txt'))),
    /nope\.txt: found no such file/,
  );
});

test('readPartition turns 0, 1 and 2 into the names of the parts', (t) => {
  const table = readPartition(writeTable(t, 'list_eval_partition.txt', PARTITION));
  assert.deepEqual(table.columns, ['file', 'part']);
  assert.deepEqual(table.getColumn('part').toArray(), ['train', 'train', 'validation', 'validation', 'test', 'test']);
});

test('readPartition names the line with another number or another count of words', (t) => {
  const read = (text: string): string => messageOf(() => readPartition(writeTable(t, 'list_eval_partition.txt', text)));
  assert.match(read('a.jpg 0\nb.jpg 3\n'), /line 2: found "3" for b\.jpg, expected 0 \(train\), 1 \(validation\) or 2/);
  assert.match(read('a.jpg 0\nb.jpg\n'), /line 2: found 1 word, expected a photo's name and a number/);
  assert.match(read('a.jpg 0\na.jpg 1\n'), /line 2: found a\.jpg again/);
});

test('readIdentities gives the number of the person in each photo', (t) => {
  const table = readIdentities(writeTable(t, 'identity_CelebA.txt', '000001.jpg 2880\r\n000002.jpg 10177\r\n'));
  assert.deepEqual(table.getColumn('identity').toArray(), [2880, 10177]);
});
