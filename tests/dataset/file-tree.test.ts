import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { InputError } from 'celeba-lab';
import { FileBytes } from 'celeba-lab/dist/archives/file-bytes';
import { folderTree } from 'celeba-lab/dist/dataset/file-tree';
import { LeftOutCounter } from 'celeba-lab/dist/dataset/left-out';
import { temporaryFolder, writeFiles } from './write-celeba';

/** What an action throws, done as a user who isn't the administrator: an administrator may read all folders. */
function thrownToNobody(action: () => unknown): unknown {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65534);
  try {
    action();
  } catch (error) {
    return error;
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
  return undefined;
}

test('links that cannot be followed are counted, and photos whose links lead to nothing are listed', (t) => {
  const root = temporaryFolder(t);
  writeFiles(root, ['1.jpg']);
  const targets = { circle: 'circle', 'through-a-file.jpg': '1.jpg/x.jpg', gone: 'nowhere', 'gone.jpg': 'nowhere.jpg' };
  for (const [name, target] of Object.entries(targets)) symlinkSync(join(root, target), join(root, name));
  const leftOut = new LeftOutCounter();
  const { files, folders } = folderTree(root, leftOut).list('');
  assert.deepEqual(files.sort(), ['1.jpg', 'gone.jpg']);
  assert.deepEqual(folders, []);
  const [{ reason, count, examples }] = leftOut.list();
  assert.equal(reason, "link that can't be followed");
  assert.equal(count, 3);
  assert.deepEqual(examples.sort(), ['circle', 'gone', 'through-a-file.jpg']);
});

test('pipes and devices, and links to them, are counted and not listed: reading one may never end', (t) => {
  const root = temporaryFolder(t);
  writeFiles(root, ['1.jpg']);
  execFileSync('mkfifo', [join(root, 'pipe.jpg')]);
  for (const [name, target] of Object.entries({
    'to-pipe.jpg': 'pipe.jpg',
    'zero.jpg': '/dev/zero',
    '2.jpg': '1.jpg',
  })) {
    symlinkSync(target, join(root, name));
  }
  const leftOut = new LeftOutCounter();
  assert.deepEqual(folderTree(root, leftOut).list('').files.sort(), ['1.jpg', '2.jpg']);
  const [{ reason, count, examples }] = leftOut.list();
  assert.equal(reason, 'file for a pipe or device');
  assert.equal(count, 3);
  assert.deepEqual(examples.sort(), ['pipe.jpg', 'to-pipe.jpg', 'zero.jpg']);
});

test('a folder that may not be read is refused by its path', (t) => {
  const root = temporaryFolder(t);
  writeFiles(join(root, 'cat'), ['1.jpg']);
  chmodSync(root, 0o755);
  chmodSync(join(root, 'cat'), 0);
  const tree = folderTree(root, new LeftOutCounter());
  const error = thrownToNobody(() => tree.list('cat'));
  chmodSync(join(root, 'cat'), 0o755);
  assert.ok(error instanceof InputError, String(error));
  assert.equal(error.where, join(root, 'cat'));
  assert.equal(error.found, 'a folder that may not be read');
});

test('a table and an archive that may not be read are refused by their paths', async (t) => {
  const root = temporaryFolder(t);
  writeFiles(root, ['list.txt', 'photos.zip']);
  chmodSync(root, 0o755);
  for (const name of ['list.txt', 'photos.zip']) chmodSync(join(root, name), 0);
  const tree = folderTree(root, new LeftOutCounter());
  let reading: Promise<unknown> = Promise.resolve();
  thrownToNobody(() => (reading = tree.read('list.txt')));
  const table = await reading.catch((error: unknown) => error);
  const archive = thrownToNobody(() => new FileBytes(join(root, 'photos.zip')));
  for (const [error, name] of [
    [table, 'list.txt'],
    [archive, 'photos.zip'],
  ]) {
    assert.ok(error instanceof InputError, String(error));
    assert.equal(error.where, join(root, String(name)));
    assert.equal(error.found, 'a file that may not be read');
  }
});

test('a link into a folder whose name only begins with that of the dataset leads outside', (t) => {
  const above = temporaryFolder(t);
  const root = join(above, 'photos');
  writeFiles(root, ['1.jpg']);
  writeFiles(`${root}-other`, ['2.jpg']);
  symlinkSync(join(`${root}-other`, '2.jpg'), join(root, '2.jpg'));
  const leftOut = new LeftOutCounter();
  assert.deepEqual(folderTree(root, leftOut).list('').files, ['1.jpg']);
  assert.deepEqual(leftOut.list(), [{ reason: 'link that leads outside', count: 1, examples: ['2.jpg'] }]);
});
