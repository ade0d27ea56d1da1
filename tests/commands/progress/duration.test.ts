import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatDuration } from '../../../scripts/progress/duration';

test('formatDuration gives tenths below ten seconds, then seconds, minutes, hours', () => {
  const spoken = [0.04, 3.21, 9.96, 59.4, 59.6, 75, 3600, 7384].map(formatDuration);
  assert.deepEqual(spoken, ['0.0 s', '3.2 s', '10 s', '59 s', '1 min 0 s', '1 min 15 s', '1 h 0 min', '2 h 3 min']);
});
