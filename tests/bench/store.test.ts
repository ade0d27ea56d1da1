/** The generated feature store of npm run bench. */

import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { measureStore } from '../../scripts/bench/store';
import { setVariable } from './set-variable';

test('a generated store is written, opened and read once, all photos of it, and its size is that of its blocks', async (t) => {
  const temporary = await mkdtemp(join(tmpdir(), 'store-'));
  t.after(() => rm(temporary, { recursive: true }));
  t.after(setVariable('TMPDIR', temporary));
  let blockBytes = 0;
  const figures = await measureStore(130, (phase) => {
    if (!phase.startsWith('reading')) return;
    const blocks = readdirSync(temporary, { recursive: true }).map(String);
    for (const path of blocks.filter((name) => name.endsWith('.block')))
      blockBytes += statSync(join(temporary, path)).size;
  });
  assert.equal(figures.photos, 130);
  assert.ok(figures.readPhotosPerSecond > 0 && figures.residentBytesMost > 0);
  assert.equal(figures.bytesPerPhoto, blockBytes / 130);
  // About a quarter of float32.
  assert.ok(figures.bytesPerPhoto < (11 * 13 * 512 * 4) / 3);
});
