import assert from 'node:assert/strict';
import { test } from 'node:test';
import { photos, project } from 'celeba-lab';

test('by default photos are 178 high and 218 wide, as the article has them', () => {
  const { height, width } = photos.formatOf(project.readSettings({}).shape);
  assert.deepEqual([height, width], [178, 218]);
});

test('SHAPE=true gives CelebA its true shape, and changes nothing else', () => {
  const format = photos.formatOf(project.readSettings({ SHAPE: 'true' }).shape);
  assert.deepEqual(format, { ...photos.ARTICLE_FORMAT, height: 218, width: 178 });
});
