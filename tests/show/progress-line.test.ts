import { show } from 'celeba-lab';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catchStdout } from './catch-stdout';

test('progressLine shows the first and the last of many updates, without a timing', (t) => {
  const lines = catchStdout(t);
  const line = show.progressLine('photos checked');
  for (let done = 1; done <= 1500; done++) line.update(done, 1500);
  t.mock.restoreAll();
  assert.equal(lines[0], 'photos checked: 1 of 1,500\n');
  assert.equal(lines.at(-1), 'photos checked: 1,500 of 1,500\n');
  assert.ok(lines.length < 20, `${lines.length} lines`);
});
