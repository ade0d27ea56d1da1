import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputError } from 'celeba-lab';
import { evaluation } from 'celeba-lab';

test('checkSameClasses accepts the same names in the same order', () => {
  assert.doesNotThrow(() => evaluation.checkSameClasses(['cat', 'dog'], ['cat', 'dog']));
});

for (const tested of [['dog', 'cat'], ['cat'], ['cat', 'dog', 'owl']]) {
  test(`checkSameClasses refuses ${tested.join(', ')} for a model of cat, dog, naming both`, () => {
    assert.throws(
      () => evaluation.checkSameClasses(['cat', 'dog'], tested),
      (error: InputError) => error.found === 'classes cat, dog' && error.expected.startsWith(tested.join(', ')),
    );
  });
}
