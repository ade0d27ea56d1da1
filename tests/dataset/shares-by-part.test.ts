import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataset } from 'celeba-lab';
import pl from 'nodejs-polars';
import { rows } from './made-up-rows';

test('sharesByPart gives the share of each attribute in each part, and leaves out rows without a photo', () => {
  const data = rows(20, (i) => i < 10);
  const files = [...data.photos.map(({ name }) => name), 'gone.jpg'];
  const first = Int8Array.from(files, (_, i) => (i < 4 ? 1 : -1));
  const all = Int8Array.from(files, () => 1);
  const table = pl.DataFrame([
    pl.Series('file', files, pl.Utf8),
    pl.Series('First', first, pl.Int8),
    pl.Series('All', all, pl.Int8),
  ]);
  assert.deepEqual(dataset.sharesByPart(table, data), [
    { attribute: 'First', train: 25, validation: 0, test: 0 },
    { attribute: 'All', train: 100, validation: 100, test: 100 },
  ]);
});
