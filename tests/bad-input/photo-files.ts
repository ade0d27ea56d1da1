/** Photos with a fault, each beside five right ones. */

import { crc32 } from 'celeba-lab/dist/archives/crc32';
import sharp from 'sharp';
import { celeba, jpeg, WEB_PAGE, type BadInput } from './bad-input';

/** A copy of CelebA whose second photo is replaced. */
const second = (content: () => string | Uint8Array | Promise<string | Uint8Array>) => async (folder: string) =>
  celeba(folder, { 'img_align_celeba/000002.jpg': await content() });

const row = (kind: string, made: string, shown: string, content: Parameters<typeof second>[0], kept = 5): BadInput => ({
  kind,
  made,
  shown,
  kept,
  make: second(content),
});

/** A right PNG whose header then says another size. */
async function pngOf(width: number, height: number): Promise<Buffer> {
  const png = await sharp(await jpeg())
    .png()
    .toBuffer();
  png.writeUInt32BE(width, 16);
  png.writeUInt32BE(height, 20);
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
  return png;
}

export const PHOTO_FILES: BadInput[] = [
  row('photo empty', 'a file of 0 bytes', 'an empty file (0 bytes)', () => ''),
  row('photo that is text', 'a word', 'text, not a picture', () => 'hello'),
  row('photo that is a web page', 'an error page named .jpg', 'text, not a picture', () => WEB_PAGE),
  row(
    'photo that is an SVG',
    'a drawing named .jpg',
    'an SVG drawing',
    () => '<svg xmlns="http://www.w3.org/2000/svg"/>',
  ),
  row('photo of no kind', 'random bytes', 'no picture that can be read', () =>
    Buffer.from([1, 0, 2, 200, 3, 0, 7, 255]),
  ),
  row('photo cut short', 'half of a JPEG', 'a file that ends early', async () => (await jpeg()).subarray(0, 200)),
  row('photo without its last byte', 'a JPEG less one byte', 'a file that ends early', async () =>
    (await jpeg()).subarray(0, -1),
  ),
  row('PNG damaged', 'zeros in its data', 'a PNG picture that is damaged', async () => {
    const png = await sharp(await jpeg())
      .png()
      .toBuffer();
    return png.fill(0, png.indexOf('IDAT') + 4, png.indexOf('IDAT') + 12);
  }),
  row('photo in a format of phones', 'a HEIC header', 'a HEIC picture', () =>
    Buffer.from('\0\0\0\x18ftypheic\0\0\0\0', 'latin1'),
  ),
  row('photo in a format of Windows', 'a BMP header', 'a BMP picture', () =>
    Buffer.from('BM\0\0\0\0\0\0\0\0\x1a\0\0\0', 'latin1'),
  ),
  row('film in the place of a photo', 'an MP4 header, named .jpg', 'no picture that can be read', () =>
    Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0', 'latin1'),
  ),
  row('film in a format of photos', 'an AVIF whose header says it moves', 'an animated AVIF picture', async () => {
    const avif = await sharp(await jpeg())
      .avif()
      .toBuffer();
    avif.write('avis', 8);
    return avif;
  }),
  row('photo that takes hours to decode', 'a progressive JPEG of 110 scans', 'more than 100 scans', async () => {
    const whole = await sharp(await jpeg())
      .jpeg({ progressive: true })
      .toBuffer();
    const scan = whole.subarray(whole.lastIndexOf(Buffer.from([0xff, 0xda])), -2);
    return Buffer.concat([whole.subarray(0, -2), ...new Array<Buffer>(100).fill(scan), whole.subarray(-2)]);
  }),
  row('photo of one pixel', 'a JPEG of 1 x 1', '1 x 1 pixels', () => jpeg(1, 1)),
  row('photo of absurd size', 'a PNG whose header says 60,000 x 60,000', '60,000 x 60,000 pixels', () =>
    pngOf(60_000, 60_000),
  ),
  row('photo of absurd length', 'a JPEG of 20,000 x 8', '20,000 x 8 pixels', () => jpeg(20_000, 8)),
  row(
    'photo of another kind than its name says',
    'a WebP named .jpg',
    '6 photos',
    async () =>
      sharp(await jpeg())
        .webp()
        .toBuffer(),
    6,
  ),
  row(
    'grey photo',
    'a JPEG of one channel',
    '6 photos',
    async () =>
      sharp(await jpeg())
        .toColourspace('b-w')
        .jpeg()
        .toBuffer(),
    6,
  ),
];
