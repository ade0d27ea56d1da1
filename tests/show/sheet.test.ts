import { sheetBundle } from 'celeba-lab/dist/show/sheet';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';

async function cell(color: string, caption: string, wrong = false) {
  const bytes = await sharp({ create: { width: 60, height: 90, channels: 3, background: color } })
    .png()
    .toBuffer();
  return { picture: { bytes, type: 'image/png' as const, width: 60, height: 90 }, caption, wrong };
}

async function pixelsOf(jpeg: unknown) {
  return sharp(Buffer.from(jpeg as string, 'base64'))
    .raw()
    .toBuffer({ resolveWithObject: true });
}

test('a sheet shows its pictures in reading order', async () => {
  const cells = await Promise.all([cell('#ff0000', 'red'), cell('#00ff00', 'green'), cell('#0000ff', 'blue')]);
  const { data } = await sheetBundle(cells, { columns: 2, widthPx: 60 });
  const { data: pixels, info } = await pixelsOf(data['image/jpeg']);
  const strongest = (x: number, y: number): number => {
    const at = (Math.round(y * 1.5) * info.width + Math.round(x * 1.5)) * 3;
    return [0, 1, 2].reduce((best, c) => (pixels[at + c] > pixels[at + best] ? c : best), 0);
  };
  assert.deepEqual([strongest(44, 60), strongest(118, 60), strongest(44, 180)], [0, 1, 2]);
});

test('a sheet frames what is marked as wrong', async () => {
  const at = async (wrong: boolean): Promise<number[]> => {
    const { data } = await sheetBundle([await cell('#ffffff', '', wrong)], { columns: 1, widthPx: 60 });
    const { data: pixels, info } = await pixelsOf(data['image/jpeg']);
    return [...pixels.subarray((90 * info.width + 18) * 3).subarray(0, 3)];
  };
  assert.ok((await at(false))[2] > 240);
  assert.ok((await at(true))[2] < 120);
});

test('a sheet is as wide as its columns, and no wider than its pictures need', async () => {
  const cells = await Promise.all([cell('#ff0000', 'a'), cell('#00ff00', 'b')]);
  const widthOf = async (columns: number): Promise<number> =>
    ((await sheetBundle(cells, { columns, widthPx: 60 })).metadata?.['image/jpeg'] as { width: number }).width;
  assert.equal(await widthOf(6), 2 * 60 + 3 * 14);
  assert.equal(await widthOf(1), 60 + 2 * 14);
});

test('a sheet of a file whose name holds a control character is drawn', async () => {
  const cells = await Promise.all([cell('#ff0000', 'a\u0001b.jpg'), cell('#ff0000', 'lone \ud800 half')]);
  const { data } = await sheetBundle(cells, { columns: 2, widthPx: 60 });
  assert.ok((await pixelsOf(data['image/jpeg'])).info.width > 120);
});

/** Grey values of a sheet of a red picture and, below it, one that is missing; with the pixels in a row. */
async function greysWithProblem(problem: string): Promise<{ greys: Buffer; width: number }> {
  const cells = [await cell('#ff0000', 'a.jpg'), { problem, caption: 'b.jpg' }];
  const { data } = await sheetBundle(cells, { columns: 1, widthPx: 120 });
  const jpeg = Buffer.from(data['image/jpeg'] as string, 'base64');
  const { data: greys, info } = await sharp(jpeg).greyscale().raw().toBuffer({ resolveWithObject: true });
  return { greys, width: info.width };
}

/** Where two sheets differ clearly: [left, top, right, bottom], in pixels as shown. */
async function whereDiffers(problem: string, other: string): Promise<number[]> {
  const [one, two] = [await greysWithProblem(problem), await greysWithProblem(other)];
  const places = [...one.greys.keys()].filter((i) => Math.abs(one.greys[i] - two.greys[i]) > 40);
  const [xs, ys] = [places.map((i) => i % one.width), places.map((i) => Math.floor(i / one.width))];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)].map((side) => side / 1.5);
}

test('a sheet writes why a picture is missing, whole and in the middle of its place', async () => {
  // The picture above is 180 high, with a caption of 16 + 6 and gaps of 14; the place itself is 120 x 147.
  const [left, top] = [14, 14 + 180 + 22 + 14];
  const [firstX, firstY, lastX, lastY] = await whereDiffers('cannot be read: an empty file', '');
  assert.ok(firstX > left && lastX < left + 120 && lastX - firstX > 60, `${firstX} to ${lastX}`);
  assert.ok(Math.abs((firstY + lastY) / 2 - (top + 147 / 2)) < 4 && lastY - firstY > 15, `${firstY} to ${lastY}`);
});

test('a sheet writes the reason that it is given', async () => {
  const [firstX, , lastX] = await whereDiffers('cannot be read: an empty file', 'cannot be read: an empty text');
  assert.ok(lastX - firstX > 5 && lastX - firstX < 40, `${firstX} to ${lastX}`);
});

test('a row of a sheet has room for the longest of its captions', async () => {
  const heightOf = async (...captions: string[]): Promise<number> => {
    const cells = await Promise.all(captions.map((caption) => cell('#ff0000', caption)));
    const { metadata } = await sheetBundle(cells, { columns: 2, widthPx: 60 });
    return (metadata?.['image/jpeg'] as { height: number }).height;
  };
  const low = await heightOf('short', 'short');
  assert.deepEqual(
    [await heightOf('short', 'labelled male'), await heightOf('labelled male', 'short')],
    [low + 16, low + 16],
  );
});

test('a wide and a tall picture beside each other share their lower edge', async () => {
  const wide = { ...(await cell('#ff0000', 'wide')).picture, width: 90, height: 45 };
  const cells = [{ picture: wide, caption: 'wide' }, await cell('#00ff00', 'tall')];
  const { data } = await sheetBundle(cells, { columns: 2, widthPx: 60 });
  const { data: pixels, info } = await pixelsOf(data['image/jpeg']);
  const isWhite = (y: number): boolean =>
    pixels
      .subarray((1.5 * y * info.width + 66) * 3)
      .subarray(0, 3)
      .every((value) => value > 240);
  // The row is 90 high, from 14 to 104, and the wide picture 30.
  assert.deepEqual([16, 70, 78, 102, 108].map(isWhite), [true, true, false, false, true]);
});
