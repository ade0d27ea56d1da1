import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { readBlockHeader, readRecord, writeBlock, type FeatureRecord } from 'celeba-lab/dist/features/feature-block';

const STORE = '0123456789abcdef';
// Eight bytes of kind, four of length.
const PREFIX_BYTES = 12;
const ENTRIES = [
  { photo: 'a'.repeat(64), encoded: new Uint8Array([1, 2, 3]) },
  { photo: 'b'.repeat(64), encoded: new Uint8Array([4, 5]) },
];

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'block-'));
});
after(() => rm(folder, { recursive: true }));

/** A block of two photos, its bytes, and where its header ends. */
async function someBlock(): Promise<{ path: string; bytes: Buffer; headerEnd: number; records: FeatureRecord[] }> {
  const path = join(folder, 'some.block');
  const records = await writeBlock(path, STORE, ENTRIES);
  return { path, bytes: await readFile(path), headerEnd: records[0].offset, records };
}

function blockOf(kind: Buffer, header: unknown, features: Buffer = Buffer.alloc(0)): Buffer {
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  return Buffer.concat([kind, length, text, features]);
}

async function readChanged(path: string, bytes: Buffer, i: number, bit: number): Promise<FeatureRecord[] | undefined> {
  const changed = Buffer.from(bytes);
  changed[i] ^= 1 << bit;
  await writeFile(path, changed);
  return readBlockHeader(path, STORE);
}

test('readBlockHeader finds what writeBlock wrote', async () => {
  const { path, records } = await someBlock();
  assert.deepEqual(await readBlockHeader(path, STORE), records);
  assert.deepEqual(await readRecord(path, records[1]), ENTRIES[1].encoded);
});

test('readBlockHeader knows a block by any changed bit in its kind or in its length', async () => {
  const { path, bytes } = await someBlock();
  for (let i = 0; i < PREFIX_BYTES; i++)
    for (let bit = 0; bit < 8; bit++) assert.equal(await readChanged(path, bytes, i, bit), undefined, `byte ${i}`);
});

test('readBlockHeader throws at no changed byte of the header; what it finds still lies where it lay', async () => {
  const { path, bytes, headerEnd, records } = await someBlock();
  for (let i = PREFIX_BYTES; i < headerEnd; i++) {
    const found = await readChanged(path, bytes, i, i % 7);
    const places = found?.map(({ offset, length }) => ({ offset, length }));
    if (found)
      assert.deepEqual(
        places,
        records.map(({ offset, length }) => ({ offset, length })),
        `byte ${i}`,
      );
  }
});

test('readBlockHeader knows a block of another store, but takes one from before blocks named theirs', async () => {
  const { path, bytes, headerEnd, records } = await someBlock();
  assert.equal(await readBlockHeader(path, 'fedcba9876543210'), undefined);
  const header = JSON.parse(bytes.subarray(PREFIX_BYTES, headerEnd).toString()) as { records: FeatureRecord[] };
  await writeFile(path, blockOf(bytes.subarray(0, 8), header.records, bytes.subarray(headerEnd)));
  const found = await readBlockHeader(path, STORE);
  assert.deepEqual(
    found?.map(({ photo }) => photo),
    records.map(({ photo }) => photo),
  );
  assert.deepEqual(await readRecord(path, found?.[1]), ENTRIES[1].encoded);
});

test('readBlockHeader refuses a block with a byte more or less than its photos fill', async () => {
  const { path, bytes } = await someBlock();
  for (const other of [Buffer.concat([bytes, Buffer.alloc(1)]), bytes.subarray(0, -1)]) {
    await writeFile(path, other);
    assert.equal(await readBlockHeader(path, STORE), undefined);
  }
});

test('readBlockHeader refuses JSON of something else', async () => {
  const path = join(folder, 'other.block');
  const kind = (await someBlock()).bytes.subarray(0, 8);
  const wrong = [null, [null], {}, { store: STORE }, { store: STORE, records: [null] }];
  const record = { photo: 'a', offset: 0, length: -1, sha256: 'b' };
  for (const header of [...wrong, { store: STORE, records: [record] }]) {
    await writeFile(path, blockOf(kind, header));
    assert.equal(await readBlockHeader(path, STORE), undefined, JSON.stringify(header));
  }
});
