import { show } from 'celeba-lab';
import assert from 'node:assert/strict';
import { test } from 'node:test';

test('featureMaps refuses values that do not fill the map', async () => {
  const map = { name: 'block1_conv1, filter 3', height: 2, width: 2, values: [1, 2, 3] };
  await assert.rejects(show.featureMaps([map]), /feature map "block1_conv1, filter 3": found 3 values, expected 4/);
});
