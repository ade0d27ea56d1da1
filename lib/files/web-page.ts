/** A web page in the place of a file: what a server sends when it refuses a download. */

/** What to do about a page that lies on the disk. */
export const REFUSED_DOWNLOAD = 'The download was refused: get the file again from its source';

/**
 * Whether bytes are the beginning of a web page.
 * @param start a file's first bytes; 256 are enough
 */
export function isWebPage(start: Uint8Array): boolean {
  return /^\uFEFF?\s*(<\?xml[^>]*>\s*)?<(!doctype html|html)\b/i.test(Buffer.from(start.subarray(0, 256)).toString());
}
