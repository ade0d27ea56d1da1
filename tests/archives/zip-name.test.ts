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

// Python: [f'{ord(c):04x}' for c in bytes(range(128, 256)).decode('cp437')].
const PYTHONS_437 = [
  '00c7 00fc 00e9 00e2 00e4 00e0 00e5 00e7 00ea 00eb 00e8 00ef 00ee 00ec 00c4 00c5',
  '00c9 00e6 00c6 00f4 00f6 00f2 00fb 00f9 00ff 00d6 00dc 00a2 00a3 00a5 20a7 0192',
  '00e1 00ed 00f3 00fa 00f1 00d1 00aa 00ba 00bf 2310 00ac 00bd 00bc 00a1 00ab 00bb',
  '2591 2592 2593 2502 2524 2561 2562 2556 2555 2563 2551 2557 255d 255c 255b 2510',
  '2514 2534 252c 251c 2500 253c 255e 255f 255a 2554 2569 2566 2560 2550 256c 2567',
  '2568 2564 2565 2559 2558 2552 2553 256b 256a 2518 250c 2588 2584 258c 2590 2580',
  '03b1 00df 0393 03c0 03a3 03c3 00b5 03c4 03a6 0398 03a9 03b4 221e 03c6 03b5 2229',
  '2261 00b1 2265 2264 2320 2321 00f7 2248 00b0 2219 00b7 221a 207f 00b2 25a0 00a0',
].flatMap((row) => row.split(' '));

test('decodeZipName gives each byte from 0x80 on the character that Python gives it', () => {
  const names = Array.from({ length: 128 }, (_, i) => decodeZipName(Buffer.from([0x80 + i]), false));
  assert.ok(names.every((name) => name.length === 1));
  assert.deepEqual(
    names.map((name) => name.charCodeAt(0).toString(16).padStart(4, '0')),
    PYTHONS_437,
  );
});
