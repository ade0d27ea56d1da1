/** The directory at the end of a zip archive: names, sizes and places of its entries. */

import { InputError } from '../errors';
import { isWebPage, REFUSED_DOWNLOAD } from '../files';
import type { FileBytes } from './file-bytes';
import { decodeZipName } from './zip-name';

/** One file in a zip archive. */
export interface ZipEntry {
  /** Where its local header begins, in bytes from the archive's start. */
  offset: number;
  /** As it lies in the archive, in bytes. */
  packedBytes: number;
  /** As its directory says that it unpacks to, in bytes. */
  sizeBytes: number;
  /** CRC-32 of its content. */
  crc: number;
  /** 0 for stored, 8 for deflated. */
  method: number;
  encrypted: boolean;
  /** A symbolic link: its content is a path. */
  isLink: boolean;
}

/** What a zip archive holds. */
export interface ZipDirectory {
  /** Its files by name, folders left out; names as they are, even where they lead outside. */
  entries: Map<string, ZipEntry>;
  /** Names of entries that can't be read by name, because a later one has the same; once for each such entry. */
  repeated: string[];
}

const END = 0x06054b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const ZIP64_LOCATOR = 0x07064b50;
const ZIP64_END = 0x06064b50;
const ENTRY = 0x02014b50;
const ENTRY_BYTES = 46;
const IN_ZIP64 = 0xffffffff;
// CelebA's has 15 MB; this much would be several million names, all kept in memory.
const MOST_DIRECTORY_BYTES = 500_000_000;
const UNIX_LINK = 0xa000;
// Bit 11 of the flags, in their upper byte.
const UTF8_NAME = 0x08;

/**
 * Reads the directory once; no entry is opened. About a quarter of a second for CelebA's 202,599 photos.
 * @param file the archive
 * @returns    its files; of those with one name the last counts, as for other readers
 * @throws     InputError where the file is no zip archive, ends early, or its directory is damaged
 * @source     PKWARE, APPNOTE.TXT 6.3.10, sections 4.3.12 to 4.3.16 and 4.5.3
 */
export function readZipDirectory(file: FileBytes): ZipDirectory {
  const { start, length } = findDirectory(file);
  if (length > MOST_DIRECTORY_BYTES) throw damaged(file, `a directory of ${length} bytes`);
  const bytes = file.readNow(start, length);
  if (bytes.length < length) throw damaged(file, 'a directory that ends early');
  const entries = new Map<string, ZipEntry>();
  const repeated: string[] = [];
  for (let at = 0; at + ENTRY_BYTES <= length;) {
    if (bytes.readUInt32LE(at) !== ENTRY) throw damaged(file, 'a directory with something else in it');
    const nameStart = at + ENTRY_BYTES;
    const nameEnd = nameStart + bytes.readUInt16LE(at + 28);
    const next = nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    if (next > length) throw damaged(file, 'a directory that ends early');
    const name = decodeZipName(bytes.subarray(nameStart, nameEnd), (bytes[at + 9] & UTF8_NAME) !== 0);
    if (!name.endsWith('/')) {
      if (entries.has(name)) repeated.push(name);
      entries.set(name, readEntry(bytes, at, nameEnd));
    }
    at = next;
  }
  return { entries, repeated };
}

function readEntry(bytes: Buffer, at: number, extra: number): ZipEntry {
  const large = new Zip64Fields(bytes, extra, bytes.readUInt16LE(at + 30));
  const sizeBytes = large.orNext(bytes.readUInt32LE(at + 24));
  const packedBytes = large.orNext(bytes.readUInt32LE(at + 20));
  return {
    offset: large.orNext(bytes.readUInt32LE(at + 42)),
    packedBytes,
    sizeBytes,
    crc: bytes.readUInt32LE(at + 16),
    method: bytes.readUInt16LE(at + 10),
    encrypted: (bytes[at + 8] & 1) === 1,
    isLink: (bytes.readUInt16LE(at + 40) & 0xf000) === UNIX_LINK,
  };
}

/** Numbers too large for 32 bits stand in an extra field, those that need it, in a fixed order. */
class Zip64Fields {
  private at = -1;

  constructor(
    private readonly bytes: Buffer,
    start: number,
    length: number,
  ) {
    for (let at = start; at + 4 <= start + length; at += 4 + bytes.readUInt16LE(at + 2)) {
      if (bytes.readUInt16LE(at) === 1) this.at = at + 4;
    }
  }

  orNext(value: number): number {
    if (value !== IN_ZIP64 || this.at < 0 || this.at + 8 > this.bytes.length) return value;
    this.at += 8;
    return Number(this.bytes.readBigUInt64LE(this.at - 8));
  }
}

function findDirectory(file: FileBytes): { start: number; length: number } {
  const tailStart = Math.max(0, file.size - END_BYTES - LONGEST_COMMENT);
  const tail = file.readNow(tailStart, END_BYTES + LONGEST_COMMENT);
  let end = tail.length - END_BYTES;
  while (end >= 0 && tail.readUInt32LE(end) !== END) end--;
  if (end < 0) throw notZip(file);
  const locator = end - 20;
  const large = locator >= 0 && tail.readUInt32LE(locator) === ZIP64_LOCATOR;
  const place = large
    ? readZip64End(file, Number(tail.readBigUInt64LE(locator + 8)))
    : { length: tail.readUInt32LE(end + 12), start: tail.readUInt32LE(end + 16) };
  if (place.start + place.length > file.size) throw damaged(file, 'a directory beyond its end');
  return place;
}

function readZip64End(file: FileBytes, start: number): { start: number; length: number } {
  const bytes = file.readNow(start, 56);
  if (bytes.length < 56 || bytes.readUInt32LE(0) !== ZIP64_END) throw damaged(file, 'a directory that is not there');
  return { length: Number(bytes.readBigUInt64LE(40)), start: Number(bytes.readBigUInt64LE(48)) };
}

function notZip(file: FileBytes): InputError {
  const start = file.readNow(0, 256);
  if (file.size === 0) return damaged(file, 'an empty file (0 bytes)');
  if (isWebPage(start)) {
    const page = { found: 'a web page', expected: 'a zip archive', remedy: REFUSED_DOWNLOAD };
    return new InputError({ where: file.path, ...page });
  }
  if (start.toString('latin1').startsWith('PK\x03\x04')) return damaged(file, 'an archive that ends early');
  return damaged(file, 'a file of another kind');
}

function damaged(file: FileBytes, found: string): InputError {
  return new InputError({
    where: file.path,
    found,
    expected: 'a whole zip archive',
    remedy: 'Copy or download it again',
  });
}
