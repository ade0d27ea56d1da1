/** One side of the comparison, where it doesn't start or ends early. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InputError } from 'celeba-lab';
import { Side } from '../../scripts/bench/side';

function endedAs(words: RegExp) {
  return (error: Error) => error instanceof InputError && words.test(error.message);
}

test("a program that can't be started is told of by the turn that waits for it", async () => {
  const side = Side.start('Keras', '/nonexistent/python', [], {});
  await assert.rejects(side.turn({}), endedAs(/^Keras's side .*: found a process that ended: spawn .*python ENOENT, /));
  side.stop();
});

test('a program that ends is told of with its last words, by each turn', async () => {
  const side = Side.start('Keras', '/bin/sh', ['-c', 'echo no Keras here >&2'], {});
  for (let turn = 0; turn < 3; turn++)
    await assert.rejects(side.turn({ long: 'x'.repeat(1e6) }), endedAs(/found a process that ended: no Keras here, /));
  side.stop();
});
