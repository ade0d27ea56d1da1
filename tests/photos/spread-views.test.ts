import assert from 'node:assert/strict';
import { test } from 'node:test';
import { photos } from 'celeba-lab';

const { DEGRADED_VIEWS, MOVED_VIEWS, spreadViews } = photos;

const NAMES = Array.from({ length: 24 }, (_, i) => `${i}.jpg`);

function viewsOf(name: string, degraded: number): photos.PhotoView[] {
  return spreadViews(NAMES, degraded)
    .filter((plan) => plan.photos.includes(name))
    .map(({ view }) => view);
}

test('spreadViews shows each photo as it is, mirrored, in exactly one moved view, and in as many made worse as asked for', () => {
  const [first] = spreadViews(NAMES, 3);
  assert.deepEqual([first.view, first.photos], [photos.PLAIN_VIEW, NAMES]);
  for (const degraded of [0, 1, 3, 12]) {
    for (const name of NAMES) {
      const [plain, mirrored, moved, ...worse] = viewsOf(name, degraded);
      assert.deepEqual([plain, mirrored], [photos.PLAIN_VIEW, photos.MIRRORED_VIEW]);
      assert.ok(MOVED_VIEWS.includes(moved));
      assert.equal(worse.length, degraded);
      assert.ok(worse.every((view) => DEGRADED_VIEWS.includes(view)));
    }
  }
});

test('spreadViews gives every view of a kind to equally many photos', () => {
  const sizes = (views: readonly photos.PhotoView[], degraded: number) =>
    spreadViews(NAMES, degraded)
      .filter(({ view }) => views.includes(view))
      .map((plan) => plan.photos.length);
  assert.deepEqual(sizes(MOVED_VIEWS, 0), Array(6).fill(4));
  assert.deepEqual(sizes(DEGRADED_VIEWS, 1), Array(12).fill(2));
  assert.deepEqual(sizes(DEGRADED_VIEWS, 3), Array(12).fill(6));
});

for (const degraded of [5, 8, 24, -1, 1.5])
  test(`spreadViews refuses ${degraded} views made worse, which photos can't have equally`, () => {
    const expected = { name: 'InputError', found: String(degraded), expected: 'one of 0, 1, 2, 3, 4, 6, 12' };
    assert.throws(() => spreadViews(NAMES, degraded), expected);
  });

test('spreadViews leaves out views that no photo falls to', () => {
  assert.equal(spreadViews(['a', 'b'], 0).length, 4);
});

test('the views made worse that a photo has are of three kinds, and half of all are mirrored', () => {
  for (const name of NAMES) {
    const kinds = viewsOf(name, 3).map(({ degradation }) => degradation?.kind);
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
