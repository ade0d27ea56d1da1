import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pictureKind } from 'celeba-lab/dist/photos/picture-kind';
import { plain } from './write-photos';

test('pictureKind knows each format by its first bytes', async () => {
  const kinds = { jpeg: 'JPEG', png: 'PNG', gif: 'GIF', webp: 'WebP', tiff: 'TIFF', avif: 'AVIF' } as const;
  for (const [format, kind] of Object.entries(kinds)) {
    const bytes = await plain(12, 10, [1, 2, 3])
      .toFormat(format as keyof typeof kinds)
      .toBuffer();
    assert.equal(pictureKind(bytes.subarray(0, 16)), kind);
  }
});

test('pictureKind knows no kind for other bytes and for none', () => {
  assert.equal(pictureKind(Buffer.from('PK\x03\x04')), undefined);
  assert.equal(pictureKind(new Uint8Array()), undefined);
});

test('pictureKind knows a TIFF of either order of bytes', () => {
  for (const start of ['II*\0', 'MM\0*', 'II+\0', 'MM\0+']) assert.equal(pictureKind(Buffer.from(start)), 'TIFF');
});

test('pictureKind takes no film for a picture of a phone', () => {
  for (const brand of ['mif1', 'msf1', 'heic', 'hevc'])
    assert.equal(pictureKind(Buffer.from(`\0\0\0\x20ftyp${brand}\0\0\0\0`)), 'HEIC', brand);
  for (const brand of ['mp42', 'mp41', 'M4V ', 'isom', 'qt  '])
    assert.equal(pictureKind(Buffer.from(`\0\0\0\x20ftyp${brand}\0\0\0\0`)), undefined, brand);
});
