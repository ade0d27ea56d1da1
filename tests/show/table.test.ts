import { show } from 'celeba-lab';
import { tableBundle } from 'celeba-lab/dist/show/table';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import pl from 'nodejs-polars';

const textOf = (...given: Parameters<typeof tableBundle>): string => tableBundle(...given).data['text/plain'];

test('table writes whole numbers with separators, and one number of decimals for a column of others', () => {
  const text = textOf([
    { n: 1234567, share: 0.5 },
    { n: 8, share: 0.98286 },
  ]);
  assert.equal(text, '        n   share\n---------  ------\n1,234,567  0.5000\n        8  0.9829');
});

test('table never shows a number that is not 0 as 0', () => {
  const rows = [{ p: 1e-5 }, { p: 0.00004 }, { p: -1e-9 }, { p: 0 }, { p: 0.02 }];
  assert.deepEqual(
    textOf(rows).split('\n').slice(2),
    ['< 0.0001', '< 0.0001', '> -0.0001', '0.00', '0.02'].map((cell) => cell.padStart(9)),
  );
});

test('table writes a missing value as nothing and NaN as NaN', () => {
  assert.equal(
    textOf([
      { a: null, b: NaN },
      { a: 1, b: 2 },
    ]).split('\n')[2],
    '   NaN',
  );
});

test('table shows the columns asked for, in that order and format', () => {
  const text = textOf([{ a: 1, b: 0.25, c: 'x' }], {
    columns: ['b', 'a'],
    format: { b: (share) => `${100 * Number(share)} %` },
    align: { a: 'left' },
  });
  assert.equal(text, '   b  a\n----  -\n25 %  1');
});

test('table counts the rows beyond maxRows below it', () => {
  const rows = Array.from({ length: 1203 }, (_, i) => ({ i }));
  assert.ok(textOf(rows, { maxRows: 3 }).endsWith('2\nand 1,200 more rows'));
});

test('table writes big integers as it writes others', () => {
  assert.ok(textOf([{ n: 9007199254740993n }]).endsWith('9,007,199,254,740,993'));
});

test('table takes a polars DataFrame', () => {
  const frame = pl.DataFrame({ class: ['male', 'not male'], photos: [7, 12] });
  assert.equal(textOf(frame), 'class     photos\n--------  ------\nmale           7\nnot male      12');
});

test('table shows HTML in a cell or caption as text', () => {
  const html = tableBundle([{ name: '<b>&"' }], { caption: '<i>' }).data['text/html'];
  assert.ok(String(html).includes('&#60;b&#62;&#38;&#34;') && !String(html).includes('<i>'));
});

test('table without rows shows the columns asked for, or nothing', () => {
  assert.equal(textOf([], { columns: ['a', 'b'] }), 'a  b\n-  -');
  assert.equal(textOf([]), '');
});

test('table names the columns there are when asked for another', () => {
  assert.throws(() => show.table([{ photos: 1 }], { columns: ['photo'] }), /no column "photo".*photos/);
});

test('table aligns a column of numbers to the right, also where its first value is missing', () => {
  const html = String(tableBundle([{ a: null }, { a: 1000 }]).data['text/html']);
  assert.ok(html.includes('<td style="text-align: right">1,000</td>'), html);
});
