import assert from 'node:assert/strict';
import { existsSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { archives } from 'celeba-lab';
import { FileBytes } from 'celeba-lab/dist/archives/file-bytes';
import pl from 'nodejs-polars';
import { zipFile } from '../bad-input/zip-file';
import { temporaryFolder } from '../dataset/write-celeba';
import { writeParquet } from '../dataset/write-parquet';

/** An archive whose entry needs two reads: its local header is longer than usual. */
const archiveOf = (text: string): Buffer =>
  zipFile([{ name: 'a.txt', data: Buffer.from(text), method: 0, localExtra: Buffer.alloc(1000) }]);

test('a read that is under way ends well where its archive is replaced and opened again', async (t) => {
  const path = join(temporaryFolder(t), 'a.zip');
  writeFileSync(path, archiveOf('before'));
  const old = await archives.openZip(path);
  const reading = archives.readFromArchive(path, 'a.txt');
  writeFileSync(`${path}.new`, archiveOf('thereafter'));
  renameSync(`${path}.new`, path);
  const opened = archives.openZip(path);
  assert.equal(Buffer.from(await reading).toString(), 'before');
  assert.equal(Buffer.from(await (await opened).read('a.txt')).toString(), 'thereafter');
  await assert.rejects(old.read('a.txt'), /an archive that was replaced meanwhile/);
});

test('an archive that fails to open leaves the one alone that replaced it meanwhile', async (t) => {
  const path = join(temporaryFolder(t), 'a.zip');
  writeFileSync(path, 'no archive');
  const refused = assert.rejects(archives.openZip(path), /a\.zip: found a file of another kind, expected a whole zip/);
  writeFileSync(path, archiveOf('sound'));
  const opened = archives.openZip(path);
  await refused;
  assert.equal(await archives.openZip(path), await opened);
});

test('an archive that was closed is opened again by whoever needs it, once for all of them', async (t) => {
  const path = join(temporaryFolder(t), 'a.zip');
  writeFileSync(path, archiveOf('text'));
  const first = await archives.openZip(path);
  first.close();
  const [second, third] = await Promise.all([archives.openZip(path), archives.openZip(path)]);
  assert.equal(second, third);
  assert.equal(Buffer.from(await second.read('a.txt')).toString(), 'text');
  second.close();
  assert.equal(Buffer.from(await archives.readFromArchive(path, 'a.txt')).toString(), 'text');
});

test('an archive that is closed again leaves the file alone that has its descriptor by then', async (t) => {
  const [path, other] = ['a.zip', 'b.zip'].map((name) => join(temporaryFolder(t), name));
  for (const file of [path, other]) writeFileSync(file, archiveOf(file));
  const closed = await archives.openZip(path);
  closed.close();
  const opened = await archives.openZip(other);
  closed.close();
  assert.equal(Buffer.from(await opened.read('a.txt')).toString(), other);
});

test('a path without an archive fails as a promise, and throws nothing before', async (t) => {
  const folder = temporaryFolder(t);
  for (const open of [archives.openZip, archives.openParquetPhotos]) {
    const opening = open(join(folder, 'none'));
    await assert.rejects(opening, { code: 'ENOENT' });
  }
});

test('a fault of the system while a parquet file is read is not taken for damage, and passes', async (t) => {
  const folder = writeParquet(temporaryFolder(t), { train: { paths: ['1.jpg'] } });
  const path = join(folder, 'data', 'train.parquet');
  const fault = Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO', syscall: 'read' });
  const failing = () => t.mock.method(FileBytes.prototype, 'read', () => Promise.reject(fault));
  let { mock } = failing();
  await assert.rejects(archives.openParquetPhotos(path), { code: 'EIO' });
  mock.restore();
  const archive = await archives.openParquetPhotos(path);
  ({ mock } = failing());
  await assert.rejects(archive.read('0/1.jpg'), { code: 'EIO' });
  mock.restore();
  assert.equal(Buffer.from(await archive.read('0/1.jpg')).toString(), 'no picture');
});

test('a photo of a parquet file that was replaced is read from the new file', async (t) => {
  const path = join(temporaryFolder(t), 'a.parquet');
  for (const bytes of ['older', 'newer one']) {
    pl.DataFrame([pl.Series('image', [{ bytes, path: '1.jpg' }])]).writeParquet(path);
    await archives.openParquetPhotos(path);
    assert.equal(Buffer.from(await archives.readFromArchive(path, '0/1.jpg')).toString(), bytes);
  }
});

const DESCRIPTORS = '/proc/self/fd';

test('archives that are refused are closed', { skip: !existsSync(DESCRIPTORS) && 'needs /proc' }, async (t) => {
  const folder = temporaryFolder(t);
  const [broken, plain] = ['broken', 'plain'].map((name) => join(folder, name));
  writeFileSync(broken, 'no archive');
  pl.DataFrame([pl.Series('text', ['no picture'])]).writeParquet(plain);
  const refuseEach = async (): Promise<void> => {
    await assert.rejects(archives.openZip(broken), /expected a whole zip archive/);
    await assert.rejects(archives.openParquetPhotos(broken), /expected a whole parquet file/);
    await assert.rejects(archives.openParquetPhotos(plain), /found no column of pictures among text/);
  };
  // The first also loads what reads them.
  await refuseEach();
  const before = readdirSync(DESCRIPTORS).length;
  for (let i = 0; i < 20; i++) await refuseEach();
  assert.equal(readdirSync(DESCRIPTORS).length, before);
});
