/** Mirrors of files whose checksums nobody has published. */

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { FileServer, type Answer } from '../file-server';
import { assertWholeIn, NAMES, PHOTOS, runData, serveSetOfTwo, writeCatalogOfTwo } from '../set-of-two-files';

const PARTS = ['train', 'valid', 'test'].map((part) => `${part}-00000-of-00001.parquet`);
const PARQUET = Buffer.from('PAR1 table and footer PAR1');

const served = serveSetOfTwo('mirrors-');

function from(address: string) {
  return runData(served.folder, '--accept-terms', '--from', address);
}

/** A missing file ends the others' downloads, so it is told only when the table has come. */
const missingWhenTableIsHere: Answer = (request, response, content) => {
  const here = readdirSync(join(served.folder, 'celeba.part'), { recursive: true, encoding: 'utf8' });
  if (here.some((path) => path.endsWith(NAMES.table))) return void response.writeHead(404).end();
  setTimeout(() => missingWhenTableIsHere(request, response, content), 20);
};

test('data takes no file of one mirror into the set of another', async () => {
  await writeCatalogOfTwo(served.folder, served.address, (source) => {
    source.files = (source.files as object[]).map((file) => ({ ...file, md5: undefined, sizeBytes: undefined }));
  });
  const other = new FileServer({ [NAMES.table]: Buffer.from('of another version') });
  other.next[NAMES.photos] = [missingWhenTableIsHere];
  try {
    const { code, stderr } = await from(await other.start());
    assert.equal(code, 1, stderr);
    assert.match(stderr, /It hasn't got \/img_align_celeba\.zip/);
  } finally {
    other.stop();
  }
  await assertWholeIn(served.folder, await from(served.address));
  assert.deepEqual(await readFile(join(served.folder, 'celeba', NAMES.photos)), PHOTOS);
});

test("data refuses a mirror's parquet file that isn't whole, and fetches it again the next time", async () => {
  await writeCatalogOfTwo(served.folder, served.address, (source) => {
    delete source.files;
    source.names = PARTS;
  });
  for (const part of PARTS) served.server.files[part] = PARQUET;
  served.server.files[PARTS[0]] = PARQUET.subarray(0, 20);
  const { code, stderr } = await from(served.address);
  assert.equal(code, 1, stderr);
  assert.match(stderr, /train-00000-of-00001\.parquet: found 20 bytes that aren't a whole parquet file/);
  served.server.files[PARTS[0]] = PARQUET;
  assert.equal((await from(served.address)).code, 0);
});
