import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeZipName } from 'celeba-lab/dist/archives/zip-name';

test('decodeZipName takes bytes for UTF-8 where they can be that, whether or not they are said to be', () => {
  for (const said of [true, false]) {
    for (const name of ['a/1.jpg', 'Grün.jpg', '日本.jpg', 'really \ufffd.jpg'])
      assert.equal(decodeZipName(Buffer.from(name), said), name);
  }
});

test('decodeZipName reads other bytes as code page 437, unless they are said to be UTF-8', () => {
  const bytes = Buffer.from([0x47, 0x72, 0x81, 0x6e, 0x2f, 0x9b, 0xe1, 0xff]);
  assert.equal(decodeZipName(bytes, false), 'Grün/¢ß\u00a0');
  assert.match(decodeZipName(bytes, true), /^Gr\ufffdn/);
});

test('decodeZipName gives each byte from 0x80 on a character of its own', () => {
  const names = Array.from({ length: 128 }, (_, i) => decodeZipName(Buffer.from([0x80 + i]), false));
  assert.equal(new Set(names).size, 128);
  assert.ok(names.every((name) => name.length === 1 && name !== '\ufffd'));
});
