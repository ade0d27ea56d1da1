import { show } from 'celeba-lab';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';

const PHOTO = sharp({ create: { width: 640, height: 480, channels: 3, background: '#888888' } })
  .png()
  .toBuffer();

/** The picture's size, and whether there is a mark at a place. */
async function drawn(faces: show.MarkedFace[], widthPx: number) {
  const jpeg = await show.markedFaces(await PHOTO, faces, widthPx);
  const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  // Vermilion has far more red than blue, the photo as much of both.
  const marked = (x: number, y: number): boolean => data[3 * (y * width + x)] - data[3 * (y * width + x) + 2] > 60;
  const rows = Array.from({ length: height }, (_, y) => y);
  const columns = Array.from({ length: width }, (_, x) => x);
  const markedRows = rows.filter((y) => columns.some((x) => marked(x, y)));
  const markedColumns = columns.filter((x) => rows.some((y) => marked(x, y)));
  return { size: [width, height], marked, markedRows, markedColumns };
}

test('on a photo shrunk to half, box and landmarks of a face are drawn where it then is', async () => {
  const face = { box: [100, 80, 200, 120], landmarks: [[400, 300]] };
  const { size, marked, markedRows, markedColumns } = await drawn([face], 320);
  assert.deepEqual(size, [320, 240]);
  // Left, right, upper and lower edge of the box, then the landmark.
  const places = [
    [50, 70],
    [150, 70],
    [100, 40],
    [100, 100],
    [200, 150],
  ];
  for (const [x, y] of places) assert.ok(marked(x, y), `nothing at ${x}, ${y}`);
  assert.ok(!marked(100, 70));
  // Nothing beyond the box's upper left corner and the landmark, which is 6 pixels wide.
  const ends = [markedColumns[0], markedRows[0], markedColumns.at(-1) ?? 0, markedRows.at(-1) ?? 0];
  [50, 40, 203, 153].forEach((end, i) => assert.ok(Math.abs(ends[i] - end) <= 2, `${ends.join()}`));
});

test('without a face the photo has no mark, and is not enlarged', async () => {
  const { size, markedRows } = await drawn([], 1000);
  assert.deepEqual([size, markedRows], [[640, 480], []]);
});

test('several faces have their numbers at the corner of their boxes, also where a box begins beyond the photo', async () => {
  const inside = { box: [200, 200, 100, 100], landmarks: [] };
  const beyond = { box: [-40, -40, 140, 140], landmarks: [] };
  const alone = await drawn([inside], 640);
  const both = await drawn([inside, beyond], 640);
  // Within the tag, but for its digit.
  assert.deepEqual([alone.marked(203, 203), both.marked(203, 203), both.marked(3, 3)], [false, true, true]);
});
