/** The generated feature store of npm run bench. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measureStore } from '../../scripts/bench/store';

test('a generated store is written, opened and read once, all photos of it', async () => {
  const figures = await measureStore(130, () => undefined);
  assert.equal(figures.photos, 130);
  assert.ok(figures.readPhotosPerSecond > 0 && figures.residentBytesMost > 0);
  assert.ok(figures.bytesPerPhoto < (11 * 13 * 512 * 4) / 3);
});
