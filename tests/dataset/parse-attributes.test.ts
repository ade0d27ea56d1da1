import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InputError } from 'celeba-lab';
import { parseAttributes, type AttributeTable } from 'celeba-lab/dist/dataset/parse-attributes';
import { ATTRIBUTES } from './write-celeba';

function parse(text: string): AttributeTable {
  return parseAttributes('/celeba/list_attr_celeba.txt', Buffer.from(text));
}

/** The message of the InputError that a table is refused with. */
function messageOf(text: string): string {
  try {
    parse(text);
  } catch (error) {
    assert.ok(error instanceof InputError, String(error));
    return error.message;
  }
  return assert.fail('nothing was thrown');
}

/** A row as it stands in the file. */
function rowOf({ files, columns }: AttributeTable, row: number): (string | number)[] {
  return [files[row], ...columns.map((column) => column[row])];
}

test('parseAttributes gives a name a photo and a column of 1 and -1 an attribute', () => {
  const table = parse(ATTRIBUTES);
  assert.deepEqual(table.attributes, ['Male', 'Smiling', 'Wearing_Hat']);
  assert.deepEqual(rowOf(table, 2), ['000003.jpg', -1, 1, 1]);
  assert.deepEqual(
    [table.files, ...table.columns].map(({ length }) => length),
    [6, 6, 6, 6],
  );
});

test('parseAttributes accepts CRLF line ends', () => {
  const table = parse(ATTRIBUTES.replaceAll('\n', '\r\n'));
  assert.deepEqual(table.attributes, ['Male', 'Smiling', 'Wearing_Hat']);
  assert.deepEqual(rowOf(table, 5), ['000006.jpg', 1, -1, -1]);
});

test('parseAttributes accepts a byte order mark and blank lines at the end', () => {
  const table = parse(`\ufeff${ATTRIBUTES}\r\n  \n\n`);
  assert.equal(table.files.length, 6);
});

test('parseAttributes accepts a last line without its end, tabs, and names with any characters', () => {
  const table = parse('2\nMale\nÄnne#1.jpg\t-1\nb.jpg 1');
  assert.deepEqual(rowOf(table, 0), ['Änne#1.jpg', -1]);
  assert.deepEqual(rowOf(table, 1), ['b.jpg', 1]);
});

test('parseAttributes accepts a table of one attribute', () => {
  assert.deepEqual(parse('1\nMale\na.jpg 1\n').attributes, ['Male']);
});

test('parseAttributes names the promised and the found count where line 1 is wrong', () => {
  const more = messageOf(ATTRIBUTES.replace('6', '7'));
  assert.match(more, /list_attr_celeba\.txt: found 6 rows, expected 7, as line 1 says\. .*copy it again/i);
  const fewer = messageOf(ATTRIBUTES.replace('6', '5'));
  assert.match(fewer, /found more rows than that, expected 5, as line 1 says/);
});

test('parseAttributes takes no memory for a count that the file is too short for', () => {
  for (const count of ['2025990000', '999999999999999']) {
    const before = process.memoryUsage().arrayBuffers;
    assert.ok(messageOf(ATTRIBUTES.replace('6', count)).includes(`found 6 rows, expected ${count}, as line 1 says`));
    assert.ok(process.memoryUsage().arrayBuffers - before < 10_000_000);
  }
});

test('parseAttributes names line 1 where the count is missing', () => {
  const message = messageOf(ATTRIBUTES.slice(2));
  assert.match(
    message,
    /^list_attr_celeba\.txt, line 1: found "Male Smiling Wearing_Hat", expected the number of photos/,
  );
});

test('parseAttributes names line 2 where the names are missing or one stands twice', () => {
  const none = messageOf('1\na.jpg 1\n');
  assert.match(none, /line 2: found "a\.jpg 1", expected the attributes' names/);
  const twice = messageOf('1\nMale Male\na.jpg 1 1\n');
  assert.match(twice, /line 2: found Male twice, expected each name once/);
});

test('parseAttributes names the line with a missing, extra or other value', () => {
  const changed = (to: string): string => messageOf(ATTRIBUTES.replace('000003.jpg -1  1  1', to));
  assert.match(
    changed('000003.jpg -1  1'),
    /line 5: found 2 for 000003\.jpg, expected 3 values, one for each name on line 2/,
  );
  assert.match(changed('000003.jpg -1 1 1 1 -1'), /line 5: found 5 for 000003\.jpg, expected 3 values/);
  assert.match(changed('000003.jpg -1 0 1'), /line 5: found "0" for 000003\.jpg, expected 1 or -1/);
  assert.match(changed('000003.jpg -1 11 1'), /line 5: found "11" for 000003\.jpg/);
  assert.match(changed('000003.jpg -1 - 1'), /line 5: found "-" for 000003\.jpg/);
});

test('parseAttributes names the line of a photo that comes twice', () => {
  const message = messageOf(ATTRIBUTES.replace('000004', '000002'));
  assert.match(message, /line 6: found 000002\.jpg again, expected one row for each photo/);
});

test('parseAttributes refuses a table cut off in the middle of a value', () => {
  const message = messageOf(ATTRIBUTES.slice(0, -2));
  assert.match(message, /line 8: found "-" for 000006\.jpg/);
});

test('parseAttributes refuses an empty file and a web page by name', () => {
  assert.match(messageOf(''), /list_attr_celeba\.txt: found nothing/);
  const page = '<!DOCTYPE html><html>Quota exceeded</html>';
  assert.match(messageOf(page), /found a web page, expected a table\. The download was refused/);
});
