import assert from 'node:assert/strict';
import { test } from 'node:test';
import { photos, random } from 'celeba-lab';

function randomPhoto(height: number, width: number): photos.RgbPhoto {
  const draw = random.seededRandom(height * width);
  return { height, width, data: Uint8Array.from({ length: height * width * 3 }, () => Math.floor(256 * draw())) };
}

/** One row of grey pixels. */
function row(values: number[]): photos.RgbPhoto {
  return { height: 1, width: values.length, data: Uint8Array.from(values.flatMap((value) => [value, value, value])) };
}

function greys(photo: photos.RgbPhoto): number[] {
  return Array.from(photo.data).filter((_, i) => i % 3 === 0);
}

async function seen(values: number[], view: Partial<photos.PhotoView>, width = values.length): Promise<number[]> {
  return greys(await photos.drawView(row(values), 1, width, { ...photos.PLAIN_VIEW, ...view }));
}

test('drawView mirrored shows the pixels of the plain view in reverse, also at half the size', async () => {
  const pixels = [1, 2, 3, 4, 5, 6, 7, 8];
  assert.deepEqual(await seen(pixels, { flip: true }, 4), (await seen(pixels, {}, 4)).reverse());
});

test('drawView with the plain view gives the bytes of resizeNearest, larger and smaller', async () => {
  const photo = randomPhoto(31, 23);
  for (const [height, width] of [
    [31, 23],
    [17, 40],
    [178, 218],
  ]) {
    assert.deepEqual(
      await photos.drawView(photo, height, width, photos.PLAIN_VIEW),
      photos.resizeNearest(photo, height, width),
    );
  }
});

test('drawView mirrors a photo, and twice gives the photo back', async () => {
  const photo = randomPhoto(21, 16);
  const once = await photos.drawView(photo, 21, 16, photos.MIRRORED_VIEW);
  assert.deepEqual(await seen([1, 2, 3, 4], { flip: true }), [4, 3, 2, 1]);
  assert.deepEqual(await photos.drawView(once, 21, 16, photos.MIRRORED_VIEW), photo);
});

test('drawView moves the picture to the right for a positive shift and repeats the border', async () => {
  assert.deepEqual(await seen([1, 2, 3, 4, 5, 6, 7, 8], { shiftX: 0.25 }), [1, 1, 1, 2, 3, 4, 5, 6]);
  assert.deepEqual(await seen([1, 2, 3, 4, 5, 6, 7, 8], { shiftX: -0.25 }), [3, 4, 5, 6, 7, 8, 8, 8]);
});

test('drawView mirrors after it has moved', async () => {
  assert.deepEqual(await seen([1, 2, 3, 4], { shiftX: 0.25, flip: true }), [3, 2, 1, 1]);
});

test('drawView enlarges the middle above a scale of 1, and shrinks the photo below it', async () => {
  assert.deepEqual(await seen([1, 2, 3, 4, 5, 6, 7, 8], { scale: 2 }), [3, 3, 4, 4, 5, 5, 6, 6]);
  assert.deepEqual(await seen([1, 2, 3, 4], { scale: 0.5 }, 8), [1, 1, 1, 2, 3, 4, 4, 4]);
});

test('drawView refuses a scale of 0 and a shift out of the photo', async () => {
  await assert.rejects(
    seen([1, 2], { scale: 0 }),
    /^InputError: view ".*": found scale 0, shift 0, 0, expected scale 0\.5 to 2/,
  );
  await assert.rejects(seen([1, 2], { shiftY: 0.6 }), /found scale 1, shift 0, 0\.6, expected .* shifts -0\.5 to 0\.5/);
});

test('drawView makes a photo worse after it has moved and in its new size', async () => {
  const degradation = { kind: 'jpeg', quality: 8 } as const;
  const photo = randomPhoto(60, 40);
  const flipped = { ...photos.PLAIN_VIEW, flip: true };
  const small = await photos.drawView(photo, 30, 20, flipped);
  const worse = await photos.drawView(photo, 30, 20, { ...flipped, degradation });
  const smallWorse = await photos.drawView(small, 30, 20, { ...photos.PLAIN_VIEW, degradation });
  assert.deepEqual(worse, smallWorse);
  const largeWorse = await photos.drawView(photo, 60, 40, { ...photos.PLAIN_VIEW, degradation });
  assert.notDeepEqual(worse, await photos.drawView(largeWorse, 30, 20, flipped));
});

test('drawView moves the picture down for a positive shift, and enlarges its rows, as it does columns', async () => {
  const column = { ...row([1, 2, 3, 4]), height: 4, width: 1 };
  const drawn = async (view: Partial<photos.PhotoView>): Promise<number[]> =>
    greys(await photos.drawView(column, 4, 1, { ...photos.PLAIN_VIEW, ...view }));
  assert.deepEqual(await drawn({ shiftY: 0.25 }), [1, 1, 2, 3]);
  assert.deepEqual(await drawn({ shiftY: -0.25 }), [2, 3, 4, 4]);
  assert.deepEqual(await drawn({ scale: 2 }), [2, 2, 3, 3]);
  assert.deepEqual(await drawn({ shiftX: 0.25 }), [1, 2, 3, 4]);
});
