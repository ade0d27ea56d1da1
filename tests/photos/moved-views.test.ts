import assert from 'node:assert/strict';
import { test } from 'node:test';
import { photos } from 'celeba-lab';

const { MOVED_VIEWS, spreadViews } = photos;

test('spreadViews shows each photo as it is, mirrored, and in exactly one moved view', () => {
  const names = Array.from({ length: 20 }, (_, i) => `${i}.jpg`);
  const plans = spreadViews(names);
  assert.deepEqual([plans[0].view, plans[0].photos], [photos.PLAIN_VIEW, names]);
  for (const name of names) assert.equal(plans.filter((plan) => plan.photos.includes(name)).length, 3);
  const sizes = plans.slice(2).map((plan) => plan.photos.length);
  assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 1);
});

test('spreadViews without moved views leaves the photo and its mirror image', () => {
  assert.deepEqual(
    spreadViews(['a'], []).map(({ view }) => view.name),
    ['plain', 'mirrored'],
  );
});

test('spreadViews leaves out views that no photo falls to', () => {
  assert.equal(spreadViews(['a', 'b']).length, 4);
});

test('the moved views cover scales of 0.9 to 1.12 and shifts both ways, half of them mirrored', () => {
  const scales = MOVED_VIEWS.map(({ scale }) => scale);
  assert.deepEqual([Math.min(...scales), Math.max(...scales)], [0.9, 1.12]);
  for (const shifts of [MOVED_VIEWS.map(({ shiftX }) => shiftX), MOVED_VIEWS.map(({ shiftY }) => shiftY)]) {
    assert.ok(Math.min(...shifts) <= -0.04 && Math.max(...shifts) >= 0.04);
  }
  assert.equal(MOVED_VIEWS.filter(({ flip }) => flip).length, MOVED_VIEWS.length / 2);
});
