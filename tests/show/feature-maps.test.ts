import { show } from 'celeba-lab';
import { featureMapsBundle } from 'celeba-lab/dist/show/feature-maps';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';

test('featureMaps refuses values that do not fill the map', async () => {
  const map = { name: 'block1_conv1, filter 3', height: 2, width: 2, values: [1, 2, 3] };
  await assert.rejects(show.featureMaps([map]), /feature map "block1_conv1, filter 3": found 3 values, expected 4/);
});

// Viridis and grey, red, green, blue at the lowest and at the highest value.
const ENDS = {
  viridis: [
    [68, 1, 84],
    [253, 231, 37],
  ],
  gray: [
    [0, 0, 0],
    [255, 255, 255],
  ],
};

for (const colors of ['viridis', 'gray'] as const) {
  test(`featureMaps in ${colors} draw the lowest value darkest and the highest brightest, whatever their range`, async () => {
    const map = { name: 'block1_conv1, filter 3', height: 1, width: 2, values: [-7, 3] };
    const { data } = await featureMapsBundle([map], { colors, widthPx: 120 });
    const jpeg = sharp(Buffer.from(data['image/jpeg'] as string, 'base64'));
    const { data: pixels, info } = await jpeg.raw().toBuffer({ resolveWithObject: true });
    // The map lies 14 pixels from the sheet's corner, 120 wide and 60 high; sheets have 1.5 pixels for each.
    [44, 104].forEach((x, i) => {
      const at = 3 * (1.5 * 44 * info.width + 1.5 * x);
      ENDS[colors][i].forEach((value, c) => {
        assert.ok(Math.abs(pixels[at + c] - value) < 12, `value ${i}: ${pixels.subarray(at, at + 3).join()}`);
      });
    });
  });
}

/** The colour in the middle of a map that is shown 120 wide and 40 high. */
async function middleOf(values: number[], colors: 'viridis' | 'gray'): Promise<number[]> {
  const map = { name: 'filter 3', height: 1, width: 3, values };
  const { data } = await featureMapsBundle([map], { colors, widthPx: 120 });
  const jpeg = sharp(Buffer.from(data['image/jpeg'] as string, 'base64'));
  const { data: pixels, info } = await jpeg.raw().toBuffer({ resolveWithObject: true });
  const at = 3 * (1.5 * 34 * info.width + 1.5 * 74);
  return [...pixels.subarray(at, at + 3)];
}

test('featureMaps draw a filter whose values are all the same in the darkest colour', async () => {
  const found = await middleOf([0, 0, 0], 'viridis');
  assert.ok(
    found.every((value, c) => Math.abs(value - ENDS.viridis[0][c]) < 12),
    found.join(),
  );
});

test('featureMaps draw a value between two steps of the colours in a colour between theirs', async () => {
  const found = await middleOf([0, 1, 2], 'gray');
  assert.ok(
    found.every((value) => Math.abs(value - 128) <= 3),
    found.join(),
  );
});
