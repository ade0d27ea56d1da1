/** Zip archives byte by byte, so that each field can be wrong. */

import { deflateRawSync } from 'node:zlib';
import { crc32 } from 'celeba-lab/dist/archives/crc32';

/** One entry; what isn't given is right. */
export interface ZipPart {
  /** Text is written as UTF-8. */
  name: string | Buffer;
  data: Uint8Array;
  /** 0 stored, 8 deflated; default 8. */
  method?: number;
  /** Bytes that it is said to unpack to. */
  sizeBytes?: number;
  crc?: number;
  /** Bit 0: locked with a password. */
  flags?: number;
  /** Unix mode, such as 0o120777 for a link. */
  mode?: number;
  /** What stands between name and data, in the local header only. */
  localExtra?: Uint8Array;
  /** What stands behind its name, in the directory only. */
  centralExtra?: Uint8Array;
  /** Its comment, in the directory. */
  comment?: string;
}

/** A zip archive of entries. */
export function zipFile(parts: ZipPart[]): Buffer {
  const local: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const packed = (part.method ?? 8) === 0 ? Buffer.from(part.data) : deflateRawSync(part.data);
    const name = typeof part.name === 'string' ? Buffer.from(part.name) : part.name;
    const fields = fieldsOf(part, packed.length, name.length);
    const extra = part.localExtra ?? new Uint8Array();
    const extraLength = Buffer.from([extra.length & 0xff, extra.length >> 8]);
    const header = Buffer.concat([Buffer.from('PK\x03\x04'), fields.subarray(0, -2), extraLength, name, extra, packed]);
    const centralExtra = Buffer.from(part.centralExtra ?? []);
    fields.writeUInt16LE(centralExtra.length, 24);
    const comment = Buffer.from(part.comment ?? '');
    const end = Buffer.alloc(14);
    end.writeUInt16LE(comment.length, 0);
    end.writeUInt32LE(((part.mode ?? 0o100644) << 16) >>> 0, 6);
    end.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x03', 'latin1'), fields, end, name, centralExtra, comment);
    local.push(header);
    offset += header.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, listing, end]);
}

/** What an entry's local header and the directory both hold: version to extra length, 26 bytes. */
function fieldsOf(part: ZipPart, packedBytes: number, nameBytes: number): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(part.flags ?? 0, 2);
  fields.writeUInt16LE(part.method ?? 8, 4);
  fields.writeUInt32LE(part.crc ?? crc32(part.data), 10);
  fields.writeUInt32LE(packedBytes, 14);
  fields.writeUInt32LE(part.sizeBytes ?? part.data.length, 18);
  fields.writeUInt16LE(nameBytes, 22);
  return fields;
}
