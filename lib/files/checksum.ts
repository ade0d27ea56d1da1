/** Checksums of files, read as a stream. */

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/**
 * SHA-256 of a file's bytes.
 * @returns 64 hexadecimal digits
 */
export function sha256OfFile(path: string): Promise<string> {
  return digestOfFile(path, 'sha256');
}

/**
 * MD5 of a file's bytes, for sources that publish no better checksum.
 * @returns 32 hexadecimal digits
 */
export function md5OfFile(path: string): Promise<string> {
  return digestOfFile(path, 'md5');
}

async function digestOfFile(path: string, algorithm: 'sha256' | 'md5'): Promise<string> {
  const hash = createHash(algorithm);
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return hash.digest('hex');
}
