/** One file of a feature store: a header that says what is inside, then encoded feature maps, each with its checksum. */

import { open } from 'node:fs/promises';
import { InputError } from '../errors';
import { writeFileAtomically } from '../files/atomic-write';
import { sha256Of } from '../files/checksum';

/** Where one photo's features lie in a block file. */
export interface FeatureRecord {
  /** SHA-256 of the photo's file, hexadecimal. */
  photo: string;
  /** First byte in the file. */
  offset: number;
  /** Bytes. */
  length: number;
  /** SHA-256 of those bytes, hexadecimal. */
  sha256: string;
}

// Eight bytes that say what the file is, and the version of its layout.
const MAGIC = Buffer.from('FEATURE1');
const PREFIX_BYTES = MAGIC.length + 4;
const SHA256_HEX = /^[0-9a-f]{64}$/;

/**
 * Writes a block, whole or not at all.
 * @param path    where it shall be
 * @param store   name of its store, by which a block that was copied from another one is known
 * @param entries the photos' checksums and their encoded features
 * @returns       the records, as `readBlockHeader` will find them
 */
export async function writeBlock(
  path: string,
  store: string,
  entries: { photo: string; encoded: Uint8Array }[],
): Promise<FeatureRecord[]> {
  let end = 0;
  const records = entries.map(({ photo, encoded }) => {
    const record = { photo, offset: end, length: encoded.length, sha256: sha256Of(encoded) };
    end += encoded.length;
    return record;
  });
  const header = Buffer.from(JSON.stringify({ store, records }));
  const size = Buffer.alloc(4);
  size.writeUInt32LE(header.length);
  await writeFileAtomically(path, Buffer.concat([MAGIC, size, header, ...entries.map(({ encoded }) => encoded)]));
  return records.map((record) => ({ ...record, offset: record.offset + PREFIX_BYTES + header.length }));
}

/**
 * Reads what a block holds, without its features.
 * @param path  of the file
 * @param store name of the store in which it was found
 * @returns     the records, or undefined where the file isn't a whole block of that store
 */
export async function readBlockHeader(path: string, store: string): Promise<FeatureRecord[] | undefined> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const prefix = Buffer.alloc(PREFIX_BYTES);
    await file.read(prefix, 0, PREFIX_BYTES, 0);
    if (!prefix.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
    const start = PREFIX_BYTES + prefix.readUInt32LE(MAGIC.length);
    // Before there is room made for the header: a damaged length may be of gigabytes.
    if (start > size) return undefined;
    const header = Buffer.alloc(start - PREFIX_BYTES);
    const { bytesRead } = await file.read(header, 0, header.length, PREFIX_BYTES);
    if (bytesRead < header.length) return undefined;
    return parseRecords(header, store, size - start)?.map((record) => ({
      ...record,
      offset: record.offset + start,
    }));
  } finally {
    await file.close();
  }
}

/** The records of a store's header; undefined where they aren't those of photos that fill `sizeBytes` one after the other. */
function parseRecords(header: Buffer, store: string, sizeBytes: number): FeatureRecord[] | undefined {
  const parsed = parseHeader(header);
  // The records alone: a block from before blocks named their store, whose features took as long to compute.
  const { store: writtenBy, records } = Array.isArray(parsed) ? { store, records: parsed } : (parsed ?? {});
  if (writtenBy !== store || !Array.isArray(records)) return undefined;
  let end = 0;
  for (const record of records as unknown[]) {
    if (!isRecord(record) || record.offset !== end) return undefined;
    end += record.length;
  }
  return end === sizeBytes ? (records as FeatureRecord[]) : undefined;
}

function parseHeader(header: Buffer): Partial<Record<'store' | 'records', unknown>> | unknown[] | null {
  try {
    return JSON.parse(header.toString()) as ReturnType<typeof parseHeader>;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is FeatureRecord {
  const { photo, length, sha256 } = (value ?? {}) as Partial<Record<keyof FeatureRecord, unknown>>;
  const isSha256 = (text: unknown): boolean => typeof text === 'string' && SHA256_HEX.test(text);
  return isSha256(photo) && isSha256(sha256) && Number.isSafeInteger(length) && Number(length) >= 0;
}

/**
 * Reads one photo's encoded features and checks them.
 * @throws InputError that names the file where its bytes aren't those that were written
 */
export async function readRecord(path: string, record: FeatureRecord): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const bytes = new Uint8Array(record.length);
    await file.read(bytes, 0, record.length, record.offset);
    if (sha256Of(bytes) === record.sha256) return bytes;
  } finally {
    await file.close();
  }
  throw new InputError({
    where: path,
    found: 'features that differ from those written',
    expected: `SHA-256 ${record.sha256}`,
    remedy: 'Run again: the features of its photos are computed again',
  });
}
