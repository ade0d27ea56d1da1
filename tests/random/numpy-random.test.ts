import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { random } from 'celeba-lab';
import expected from '../fixtures/scikit-learn/splits.json';

test('NumpyRandom draws the numbers of mt19937ar.c', () => {
  const numbers = new random.NumpyRandom(5489);
  const drawn = Array.from({ length: 10_000 }, () => numbers.uint32());
  // The 10,000th number of the default seed, as the C++ standard prescribes it for std::mt19937.
  assert.deepEqual([drawn[0], drawn[9999]], [3499211612, 4123659995]);
});

for (const { seed, count, first, sha256 } of expected.permutations) {
  test(`NumpyRandom(${seed}) permutes ${count} numbers as NumPy ${expected.numpy} does`, () => {
    const order = new random.NumpyRandom(seed).permutation(count);
    assert.deepEqual(order.slice(0, 10), first);
    assert.equal(createHash('sha256').update(order.join()).digest('hex'), sha256);
  });
}
