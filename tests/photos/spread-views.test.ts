import assert from 'node:assert/strict';
import { test } from 'node:test';
import { photos } from 'celeba-lab';

const { DEGRADED_VIEWS, MOVED_VIEWS, spreadViews } = photos;

// Labels in turn, as a table has them that lists one photo of each class after the other.
const PHOTOS = Array.from({ length: 48 }, (_, i) => ({ name: `${i}.jpg`, label: i % 2 }));

type Named = (typeof PHOTOS)[number];

function viewsOf(photo: Named, degraded: number): photos.PhotoView[] {
  return spreadViews(PHOTOS, degraded)
    .filter((plan) => plan.photos.includes(photo))
    .map(({ view }) => view);
}

test('spreadViews shows each photo as it is, mirrored, in exactly one moved view, and in as many made worse as asked for', () => {
  const [first] = spreadViews(PHOTOS, 3);
  assert.deepEqual([first.view, first.photos], [photos.PLAIN_VIEW, PHOTOS]);
  for (const degraded of [0, 1, 3, 12]) {
    for (const photo of PHOTOS) {
      const [plain, mirrored, moved, ...worse] = viewsOf(photo, degraded);
      assert.deepEqual([plain, mirrored], [photos.PLAIN_VIEW, photos.MIRRORED_VIEW]);
      assert.ok(MOVED_VIEWS.includes(moved));
      assert.equal(worse.length, degraded);
      assert.ok(worse.every((view) => DEGRADED_VIEWS.includes(view)));
    }
  }
});

test('spreadViews gives every view of a kind to equally many photos', () => {
  const sizes = (views: readonly photos.PhotoView[], degraded: number) =>
    spreadViews(PHOTOS, degraded)
      .filter(({ view }) => views.includes(view))
      .map((plan) => plan.photos.length);
  assert.deepEqual(sizes(MOVED_VIEWS, 0), Array(6).fill(8));
  assert.deepEqual(sizes(DEGRADED_VIEWS, 1), Array(12).fill(4));
  assert.deepEqual(sizes(DEGRADED_VIEWS, 3), Array(12).fill(12));
});

test('spreadViews shows equally many photos of each class in every view, whatever order the labels come in', () => {
  for (const { view, photos: seen } of spreadViews(PHOTOS, 3))
    assert.equal(seen.filter(({ label }) => label === 0).length, seen.length / 2, JSON.stringify(view));
});

for (const degraded of [5, 8, 24, -1, 1.5])
  test(`spreadViews refuses ${degraded} views made worse, which photos can't have equally`, () => {
    const expected = { name: 'InputError', found: String(degraded), expected: 'one of 0, 1, 2, 3, 4, 6, 12' };
    assert.throws(() => spreadViews(PHOTOS, degraded), expected);
  });

test('spreadViews leaves out views that no photo falls to', () => {
  assert.equal(spreadViews(PHOTOS.slice(0, 2), 0).length, 3);
});

test('the views made worse that a photo has are of three kinds, and half of all are mirrored', () => {
  for (const photo of PHOTOS) {
    const kinds = viewsOf(photo, 3).map(({ degradation }) => degradation?.kind);
    assert.equal(new Set(kinds.filter((kind) => kind !== undefined)).size, 3);
  }
  assert.equal(DEGRADED_VIEWS.filter(({ flip }) => flip).length, DEGRADED_VIEWS.length / 2);
});

test('the moved views cover scales of 0.9 to 1.12 and shifts both ways, half of them mirrored', () => {
  const scales = MOVED_VIEWS.map(({ scale }) => scale);
  assert.deepEqual([Math.min(...scales), Math.max(...scales)], [0.9, 1.12]);
  for (const shifts of [MOVED_VIEWS.map(({ shiftX }) => shiftX), MOVED_VIEWS.map(({ shiftY }) => shiftY)]) {
    assert.ok(Math.min(...shifts) <= -0.04 && Math.max(...shifts) >= 0.04);
  }
  assert.equal(MOVED_VIEWS.filter(({ flip }) => flip).length, MOVED_VIEWS.length / 2);
});
