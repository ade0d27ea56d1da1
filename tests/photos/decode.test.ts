import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { InputError, photos } from 'celeba-lab';
import { plainSize } from 'celeba-lab/dist/photos/decode';
import sharp from 'sharp';
import { noise, plain, temporaryFolder, writePhoto, type Color } from './write-photos';

const ORANGE: Color = [200, 100, 50];

/** The first pixel, and the size, of a decoded picture. */
async function decoded(photo: string | Uint8Array): Promise<{ size: string; pixel: number[] }> {
  const { width, height, data } = await photos.decodePhoto(photo);
  assert.equal(data.length, width * height * 3);
  return { size: `${width} x ${height}`, pixel: [...data.subarray(0, 3)] };
}

/** The sentence with which a photo is refused. */
async function refusal(photo: string | Uint8Array): Promise<string> {
  const error: unknown = await photos.decodePhoto(photo).catch((reason: unknown) => reason);
  assert.ok(error instanceof InputError, String(error));
  return error.message;
}

function assertNear(found: number[], expected: number[], tolerance: number): void {
  const far = found.some((value, i) => Math.abs(value - expected[i]) > tolerance);
  assert.ok(!far, `found ${found.join()}, expected ${expected.join()}`);
}

test('decodePhoto gives red, green, blue of a JPEG row by row', async () => {
  const { size, pixel } = await decoded(await plain(12, 10, ORANGE).jpeg({ quality: 100 }).toBuffer());
  assert.equal(size, '12 x 10');
  assertNear(pixel, ORANGE, 1);
});

test('decodePhoto reads PNG, WebP, GIF, TIFF and AVIF, from a path as from bytes', async (t) => {
  for (const format of ['png', 'webp', 'gif', 'tiff', 'avif'] as const) {
    const bytes = await plain(12, 10, ORANGE).toFormat(format).toBuffer();
    assertNear((await decoded(bytes)).pixel, ORANGE, 4);
    assertNear((await decoded(writePhoto(t, `photo.${format}`, bytes))).pixel, ORANGE, 4);
  }
});

test('decodePhoto puts a PNG with alpha on white', async () => {
  const background = { r: 200, g: 100, b: 50 };
  const png = (alpha: number): Promise<Buffer> =>
    sharp({ create: { width: 12, height: 10, channels: 4, background: { ...background, alpha } } })
      .png()
      .toBuffer();
  assert.deepEqual((await decoded(await png(0))).pixel, [255, 255, 255]);
  assertNear((await decoded(await png(0.5))).pixel, [227, 177, 152], 1);
});

test('decodePhoto gives three equal channels for a greyscale JPEG and PNG', async () => {
  const grey = (): sharp.Sharp => plain(12, 10, [90, 90, 90]).greyscale();
  assertNear((await decoded(await grey().jpeg({ quality: 100 }).toBuffer())).pixel, [90, 90, 90], 1);
  assert.deepEqual((await decoded(await grey().png().toBuffer())).pixel, [90, 90, 90]);
});

test('decodePhoto turns CMYK into RGB', async () => {
  const { pixel } = await decoded(await plain(12, 10, ORANGE).toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer());
  assertNear(pixel, ORANGE, 35);
});

test('decodePhoto turns 16 bits a channel into 8', async () => {
  const rgb = await plain(12, 10, ORANGE).toColourspace('rgb16').png().toBuffer();
  assert.equal((await sharp(rgb).metadata()).depth, 'ushort');
  assert.deepEqual((await decoded(rgb)).pixel, ORANGE);
  const grey = await plain(12, 10, [90, 90, 90]).toColourspace('grey16').png().toBuffer();
  assertNear((await decoded(grey)).pixel, [90, 90, 90], 1);
});

test('decodePhoto turns a photo upright as its EXIF says', async () => {
  const left = { input: await plain(6, 10, [0, 0, 255]).png().toBuffer(), left: 0, top: 0 };
  const turned = plain(12, 10, ORANGE).composite([left]).withMetadata({ orientation: 6 });
  const { size, pixel } = await decoded(await turned.jpeg({ quality: 100 }).toBuffer());
  assert.equal(size, '10 x 12');
  assertNear(pixel, [0, 0, 255], 3);
});

test('decodePhoto takes the first frame of an animation', async () => {
  const frames = await Promise.all(
    [ORANGE, [0, 0, 255] as Color].map((color) => plain(12, 10, color).png().toBuffer()),
  );
  const gif = await sharp(frames, { join: { animated: true } })
    .gif()
    .toBuffer();
  assert.equal((await sharp(gif).metadata()).pages, 2);
  assert.deepEqual(await decoded(gif), { size: '12 x 10', pixel: ORANGE });
});

test('decodePhoto refuses an empty file', async (t) => {
  const file = writePhoto(t, 'empty.jpg', '');
  assert.equal(
    await refusal(file),
    `${file}: found an empty file (0 bytes), expected a JPEG, PNG, WebP, GIF, TIFF or AVIF picture. Replace the file or remove it.`,
  );
});

test('decodePhoto refuses a JPEG cut short, by half, by 100 bytes or by its last', async (t) => {
  const whole = await noise(64, 64).jpeg().toBuffer();
  for (const end of [whole.length / 2, whole.length - 100, whole.length - 1]) {
    const message = await refusal(writePhoto(t, 'cut.jpg', whole.subarray(0, end)));
    assert.match(message, /cut\.jpg: found a file that ends early, expected a JPEG/);
  }
});

test('decodePhoto refuses PNG, WebP, GIF and TIFF cut short', async () => {
  for (const format of ['png', 'webp', 'gif', 'tiff'] as const) {
    const whole = await noise(64, 64).toFormat(format).toBuffer();
    assert.match(
      await refusal(whole.subarray(0, whole.length * 0.6)),
      /found a (file that ends early|\w+ picture that is damaged or cut short)/,
    );
  }
});

test('decodePhoto refuses a text file and a web page, whatever their name', async (t) => {
  const notes = writePhoto(t, 'notes.jpg', 'These are my notes.\n');
  assert.match(await refusal(notes), /notes\.jpg: found text, not a picture, expected a JPEG/);
  assert.match(await refusal(writePhoto(t, 'page.png', '<!DOCTYPE html><html></html>')), /found text, not a picture/);
});

test('decodePhoto refuses an SVG, which would be drawn, not read', async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"/>';
  const type = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"\n  "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">';
  const heads = [
    '',
    '\uFEFF',
    '<?xml version="1.0"?>\n<!-- drawn -->\n',
    `<?xml version="1.0"?>\n${type}\n`,
    '<!-- a -->\n',
  ];
  for (const head of heads) assert.match(await refusal(Buffer.from(head + svg)), /photo: found an SVG drawing/, head);
});

test('decodePhoto refuses a packed SVG, of which a small file can take minutes to draw', async () => {
  const svg = gzipSync('<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"/>');
  assert.match(await refusal(svg), /photo: found no picture that can be read/);
});

test('decodePhoto names a PDF document, whether its first bytes are letters or not', async () => {
  for (const tail of ['\n1 0 obj', '\n%\xe2\xe3\xcf\xd3\n']) {
    const document = Buffer.from(`%PDF-1.7${tail}`, 'latin1');
    assert.match(await refusal(document), /photo: found a PDF document/);
  }
});

test('decodePhoto refuses HEIC and BMP by name and says what to do', async () => {
  const heic = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic');
  assert.match(await refusal(heic), /found a HEIC picture, expected a JPEG, .*\. Save it as JPEG or PNG\.$/);
  assert.match(await refusal(Buffer.from('BM\x46\0\0\0\0\0\0\0\x36\0\0\0')), /found a BMP picture, .*Save it as JPEG/);
});

test('decodePhoto says of an AVIF film that it is one, and of a damaged AVIF picture that it is damaged', async () => {
  const avif = await plain(32, 32, ORANGE).avif().toBuffer();
  const film = Buffer.concat([avif.subarray(0, 8), Buffer.from('avis'), avif.subarray(12)]);
  const words = /found an animated AVIF picture, .*\. Save a frame of it as JPEG or PNG\.$/;
  assert.match(await refusal(film), words);
  const damaged = Buffer.from(avif).fill(0, avif.indexOf('mdat') + 4);
  assert.match(await refusal(damaged), /found an AVIF picture that is damaged or cut short/);
});

test('decodePhoto refuses bytes that are no picture', async () => {
  assert.match(await refusal(Buffer.from([0, 1, 2, 3, 250, 251])), /found no picture that can be read/);
});

test('decodePhoto refuses a picture of 1 x 1 pixel', async () => {
  const tiny = await plain(1, 1, ORANGE).png().toBuffer();
  assert.equal(
    await refusal(tiny),
    'photo: found 1 x 1 pixels, too few, expected at least 8 a side. Give the photo in its original size.',
  );
});

test('decodePhoto refuses a picture 20,000 pixels wide', async () => {
  const strip = await plain(20_000, 10, ORANGE).jpeg().toBuffer();
  assert.equal(
    await refusal(strip),
    'photo: found 20,000 x 10 pixels, too many, expected at most 16,384 a side and 50 million in all. Make the picture smaller, or cut out what matters.',
  );
});

test('decodePhoto refuses a picture of 60 million pixels by its header', async () => {
  const header = await plain(12, 10, ORANGE).png().toBuffer();
  header.writeUInt32BE(10_000, 16);
  header.writeUInt32BE(6_000, 20);
  header.writeUInt32BE(crc32(header.subarray(12, 29)), 29);
  assert.match(
    await refusal(header),
    /found 10,000 x 6,000 pixels, too many, expected at most 16,384 a side and 50 million in all/,
  );
});

test('decodePhoto refuses a missing file and a folder', async (t) => {
  const folder = temporaryFolder(t);
  assert.match(await refusal(join(folder, 'nope.jpg')), /nope\.jpg: found no such file, expected a JPEG/);
  assert.match(await refusal(folder), /found a folder, expected a JPEG/);
});

test(
  'decodePhoto refuses a file that may not be read',
  { skip: process.getuid?.() === 0 && 'root reads all' },
  async (t) => {
    const file = writePhoto(t, 'secret.jpg', await plain(12, 10, ORANGE).jpeg().toBuffer());
    chmodSync(file, 0o000);
    assert.match(await refusal(file), /secret\.jpg: found a file that may not be read/);
  },
);

/** The checksum that closes a PNG's chunk. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

test('plainSize leaves plain JPEGs of too many or too few pixels to the general decoder, which refuses them', async () => {
  const small = await plain(4, 4, ORANGE).jpeg().toBuffer();
  const large = await plain(12, 10, ORANGE).jpeg().toBuffer();
  assert.deepEqual(plainSize(large), { width: 12, height: 10 });
  // Height and width follow the marker of the frame, its length and the precision.
  const frame = large.indexOf(Buffer.from([0xff, 0xc0]));
  large.writeUInt16BE(7500, frame + 5);
  large.writeUInt16BE(8000, frame + 7);
  assert.deepEqual([plainSize(small), plainSize(large)], [undefined, undefined]);
  assert.match(await refusal(small), /found 4 x 4 pixels, too few, expected at least 8 a side/);
  assert.match(await refusal(large), /found 8,000 x 7,500 pixels, too many, expected at most .* 50 million in all/);
});
