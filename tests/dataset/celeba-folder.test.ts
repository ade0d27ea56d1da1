import assert from 'node:assert/strict';
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { dataset, InputError } from 'celeba-lab';
import { ATTRIBUTES, NAMES, PARTITION, writeCeleba, writeFiles, type CelebaCopy } from './write-celeba';

/** The sentence with which a copy of CelebA is refused. */
async function refusal(t: TestContext, copy: CelebaCopy, attribute = 'Male'): Promise<string> {
  const error: unknown = await dataset
    .openDataset(writeCeleba(t, copy), { attribute })
    .catch((reason: unknown) => reason);
  assert.ok(error instanceof InputError, String(error));
  return error.message;
}

test('a CelebA folder gives each photo its label, part, person and absolute path', async (t) => {
  const folder = writeCeleba(t, { identities: NAMES.map((name, i) => `${name} ${10 + i}\n`).join('') });
  const data = await dataset.openDataset(folder);
  assert.deepEqual(data.classNames, ['female', 'male']);
  assert.deepEqual(data.photos[3], {
    file: join(folder, 'img_align_celeba', '000004.jpg'),
    name: '000004.jpg',
    label: 1,
    part: 'validation',
    identity: 13,
  });
});

test('without identity_CelebA.txt photos have no identity', async (t) => {
  const data = await dataset.openDataset(writeCeleba(t));
  assert.equal('identity' in data.photos[0], false);
});

test('another attribute gives its name and its negation as classes, with spaces', async (t) => {
  const attributes = ATTRIBUTES.replace('000002.jpg  1 -1 -1', '000002.jpg  1 -1  1');
  const data = await dataset.openDataset(writeCeleba(t, { attributes }), { attribute: 'Wearing_Hat' });
  assert.deepEqual(data.classNames, ['not Wearing Hat', 'Wearing Hat']);
  assert.deepEqual(
    data.photos.map(({ label }) => label),
    [0, 1, 1, 0, 0, 0],
  );
});

test('a table without a Male column is refused with the names nearest to it', async (t) => {
  const message = await refusal(t, { attributes: ATTRIBUTES.replace('Male', 'Maler') });
  assert.match(message, /list_attr_celeba\.txt, line 2: found no column Male, expected one of its columns: Maler, /);
  assert.match(message, /Set ATTRIBUTE=Maler/);
});

test('a misspelt attribute is answered with the nearest names', async (t) => {
  assert.match(await refusal(t, {}, 'smilling'), /found no column smilling, .*: Smiling, .*Set ATTRIBUTE=Smiling/);
});

test('a wrong count line is refused with both counts', async (t) => {
  const message = await refusal(t, { attributes: ATTRIBUTES.replace('6', '202599') });
  assert.match(message, /list_attr_celeba\.txt: found 6 rows, expected 202599, as line 1 says/);
});

test('tables with CRLF line ends open as those with LF', async (t) => {
  const crlf = (text: string): string => text.replaceAll('\n', '\r\n');
  const data = await dataset.openDataset(writeCeleba(t, { attributes: crlf(ATTRIBUTES), partition: crlf(PARTITION) }));
  assert.equal(data.photos.length, 6);
});

test('names in the table without a photo are counted and listed as missing', async (t) => {
  const photos = NAMES.filter((name) => name !== '000003.jpg').concat('000007.jpg', 'x.png', 'notes.txt');
  const data = await dataset.openDataset(writeCeleba(t, { photos }));
  assert.equal(data.photos.length, 5);
  assert.deepEqual(
    data.missing.map(({ name, part, label }) => [name, part, label]),
    [['000003.jpg', 'validation', 0]],
  );
  assert.match(data.description, /, 1 photo of the table not there, 2 files without a label left out$/);
});

test('tables without any of their photos are refused', async (t) => {
  assert.match(
    await refusal(t, { photos: [] }),
    /img_align_celeba: found none of the photos that list_attr_celeba\.txt names, .*Unpack img_align_celeba\.zip there/,
  );
});

test('a missing list_eval_partition.txt is refused with what to do', async (t) => {
  assert.match(
    await refusal(t, { partition: undefined }),
    /found no list_eval_partition\.txt, .*Put list_eval_partition\.txt there/,
  );
});

test('a missing list_attr_celeba.txt is refused with what to do', async (t) => {
  assert.match(
    await refusal(t, { attributes: undefined }),
    /found no list_attr_celeba\.txt, .*Put list_attr_celeba\.txt there/,
  );
});

test('a photo without a part is refused by name', async (t) => {
  const message = await refusal(t, { partition: PARTITION.slice(0, -26) });
  assert.match(message, /list_eval_partition\.txt: found no row for 000005\.jpg and 1 other photo/);
});

test('a part without photos is refused by name', async (t) => {
  assert.match(await refusal(t, { partition: PARTITION.replaceAll(' 1\n', ' 0\n') }), /found no validation photo/);
});

test('a table with one class only is refused', async (t) => {
  const attributes = ATTRIBUTES.replaceAll(/jpg +-?1/g, 'jpg 1');
  assert.match(
    await refusal(t, { attributes }),
    /ATTRIBUTE=Male: found each of 6 photos with it, .*Set ATTRIBUTE=Smiling/,
  );
});

test('photos in img_align_celeba/img_align_celeba are found, as Kaggle packs them', async (t) => {
  const folder = writeCeleba(t);
  renameSync(join(folder, 'img_align_celeba'), join(folder, 'photos'));
  writeFiles(join(folder, 'img_align_celeba'), []);
  renameSync(join(folder, 'photos'), join(folder, 'img_align_celeba', 'img_align_celeba'));
  assert.equal((await dataset.openDataset(folder)).photos.length, 6);
});
