/** Links that aren't followed are named where photos lack, and only there. */

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { dataset } from 'celeba-lab';
import { celeba, jpeg, NAMES, write, writeLinks } from '../bad-input/bad-input';
import { temporaryFolder } from './write-celeba';

/** Makes links in a folder that lead to a photo elsewhere, and returns it. */
async function link(t: TestContext, folder: string, ...links: string[]): Promise<string> {
  const outside = write(temporaryFolder(t), { 'x.jpg': await jpeg() });
  writeLinks(folder, join(outside, 'x.jpg'), links);
  return folder;
}

async function refusal(folder: string): Promise<string> {
  const opening = dataset.openDataset(folder, { attribute: 'Male', seed: 1 });
  return opening.then(
    () => 'opened',
    (error: Error) => error.message,
  );
}

test('class folders in which all photos are links to outside are refused with their number and what to do', async (t) => {
  const folder = await link(t, temporaryFolder(t), 'cat/1.jpg', 'cat/2.jpg', 'dog/1.jpg', 'dog/2.jpg');
  const message = await refusal(folder);
  assert.match(message, /found neither .*\(4 links that lead outside left out, such as cat\/1\.jpg\)/);
  assert.match(message, /copy the files in place of the links \(cp -rL\)/);
});

test("CelebA's tables beside links in place of all photos are refused so, too", async (t) => {
  const without = Object.fromEntries(NAMES.map((name) => [`img_align_celeba/${name}`, undefined]));
  const links = NAMES.map((name) => `img_align_celeba/${name}`);
  const folder = await link(t, await celeba(temporaryFolder(t), without), ...links);
  assert.match(await refusal(folder), new RegExp(`${NAMES.length} links that lead outside left out`));
});

test('the fault of a table has nothing to do with a link, and none is named', async (t) => {
  const wrong = await celeba(temporaryFolder(t), { 'list_attr_celeba.txt': 'three\n' });
  const message = await refusal(await link(t, wrong, 'img_align_celeba/9.jpg'));
  assert.match(message, /list_attr_celeba\.txt/);
  assert.ok(!message.includes('link'), message);
});
