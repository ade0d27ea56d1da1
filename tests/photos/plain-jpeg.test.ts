import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { photos, project } from 'celeba-lab';
import { plainJpegSize } from 'celeba-lab/dist/photos/jpeg-header';
import { decodePlainJpeg } from 'celeba-lab/dist/photos/plain-jpeg';
import sharp from 'sharp';

const SIZE = { width: 61, height: 45 };

/** A colourful picture as a JPEG. */
async function jpeg(options: sharp.JpegOptions = {}): Promise<Buffer> {
  const { width, height } = SIZE;
  const pixels = Uint8Array.from({ length: width * height * 3 }, (_, i) => 127 + 120 * Math.sin(i * i * 0.001));
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg(options)
    .toBuffer();
}

for (const chromaSubsampling of ['4:2:0', '4:4:4']) {
  for (const progressive of [false, true]) {
    test(`decodePlainJpeg gives sharp's pixels, ${chromaSubsampling}, progressive ${progressive}`, async () => {
      const file = await jpeg({ chromaSubsampling, progressive });
      const size = plainJpegSize(file);
      assert.deepEqual(size, SIZE);
      const expected = await sharp(file).raw().toBuffer();
      assert.deepEqual(Buffer.from((await decodePlainJpeg(file, SIZE)) ?? []), expected);
    });
  }
}

test('decodePlainJpeg gives nothing for a JPEG whose data are damaged: the general decoder is asked', async () => {
  const file = await jpeg();
  const damaged = Buffer.from(file).fill(0xff, file.length / 2, file.length / 2 + 40);
  assert.equal(await decodePlainJpeg(damaged, SIZE), undefined);
  assert.equal((await photos.decodePhoto(damaged)).width, SIZE.width);
});

test('plainJpegSize leaves JPEGs alone whose pixels need more than decoding', async () => {
  const picture = sharp(await jpeg());
  const others = [
    picture.clone().withMetadata({ orientation: 6 }).jpeg(),
    picture.clone().withIccProfile('p3').jpeg(),
    picture.clone().toColourspace('b-w').jpeg(),
    picture.clone().toColourspace('cmyk').jpeg(),
    picture.clone().png(),
  ];
  for (const other of others) assert.equal(plainJpegSize(await other.toBuffer()), undefined);
  assert.equal(plainJpegSize(Buffer.from([])), undefined);
});

test('plainJpegSize gives nothing for a file without its last bytes', async () => {
  const file = await jpeg();
  for (let left = 0; left < file.length; left++) assert.equal(plainJpegSize(file.subarray(0, left)), undefined);
});

test('preparePhoto gives the same numbers for a plain JPEG as the general decoder does, in every view', async () => {
  const file = await jpeg();
  const views = [
    photos.PLAIN_VIEW,
    photos.MIRRORED_VIEW,
    { ...photos.PLAIN_VIEW, scale: 1.2, shiftX: 0.1, shiftY: -0.05 },
    ...photos.DEGRADED_VIEWS,
  ];
  const { height, width } = photos.ARTICLE_FORMAT;
  const decoded = await photos.decodePhoto(await sharp(file).png().toBuffer());
  for (const view of views) {
    const prepared = await photos.preparePhoto(file, photos.ARTICLE_FORMAT, view);
    const drawn = await photos.drawView(decoded, height, width, view);
    assert.deepEqual(prepared, photos.preprocessPhoto(drawn, photos.ARTICLE_FORMAT));
  }
});

test('decodePlainJpeg says once that its addon is no addon, and nothing where there is none', async (t) => {
  const root = await mkdtemp(join(tmpdir(), 'plain-jpeg-'));
  t.after(() => rm(root, { recursive: true }));
  for (const name of ['photos', 'project'])
    await cp(project.projectPath('lib', 'dist', name), join(root, 'lib', 'dist', name), { recursive: true });
  const decodeTwice = () => {
    const script = `const { decodePlainJpeg } = require('./lib/dist/photos/plain-jpeg');
      const decode = () => decodePlainJpeg(new Uint8Array(9), { width: 1, height: 1 });
      decode().then(decode).then((pixels) => console.log(pixels));`;
    const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], { cwd: root, encoding: 'utf8' });
    return { stdout, stderr };
  };
  assert.deepEqual(decodeTwice(), { stdout: 'undefined\n', stderr: '' });
  const addon = join(root, 'node_modules', '@tensorflow', 'tfjs-node-gpu', 'lib', 'napi-v8', 'decode_jpeg.node');
  await mkdir(dirname(addon), { recursive: true });
  await writeFile(addon, 'garbage');
  const { stdout, stderr } = decodeTwice();
  assert.equal(stdout, 'undefined\n');
  assert.match(
    stderr,
    /^Photos are decoded six times slower, as decode_jpeg\.node can't be loaded \(.*\): npm run doctor says how to mend it\.\n$/,
  );
});

test("plainJpegSize leaves a JPEG with Adobe's notes on its colours alone", async () => {
  const file = await jpeg();
  const notes = Buffer.from('\xff\xee\0\x0eAdobe\0\x64\0\0\0\0\0', 'latin1');
  assert.deepEqual(plainJpegSize(file), SIZE);
  assert.equal(plainJpegSize(Buffer.concat([file.subarray(0, 2), notes, file.subarray(2)])), undefined);
});
