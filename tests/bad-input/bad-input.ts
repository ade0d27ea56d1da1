/** What a row of the table of bad input is, and what its makers share. */

import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import sharp from 'sharp';

/** One kind of bad input. */
export interface BadInput {
  /** In a few words. */
  kind: string;
  /** How it is made. */
  made: string;
  /** Part of what the user is shown: the error's sentence, what was found, or why a photo is left out. */
  shown: string;
  /** Photos that are left to work with, of the six that there are; 0 where the whole dataset is refused. */
  kept: number;
  /** Writes it into an empty folder; returns what DATASET is set to. */
  make: (folder: string) => string | Promise<string>;
}

export const NAMES = ['000001.jpg', '000002.jpg', '000003.jpg', '000004.jpg', '000005.jpg', '000006.jpg'];

export const ATTRIBUTES = `6
Male Smiling 
000001.jpg -1  1
000002.jpg  1 -1
000003.jpg -1  1
000004.jpg  1 -1
000005.jpg -1  1
000006.jpg  1 -1
`;

/** Four photos to train on, one to validate, one to test. */
export const partOf = (row: number): number => Math.max(0, row - 3);

export const PARTITION = NAMES.map((name, i) => `${name} ${partOf(i)}\n`).join('');

/** What a host answers with when it won't give the file. */
export const WEB_PAGE = '<!DOCTYPE html><html><body>Quota exceeded</body></html>';

/** A small JPEG, the same each time. */
export async function jpeg(width = 16, height = 16): Promise<Buffer> {
  const create = { width, height, channels: 3 as const, background: '#c84' };
  return sharp({ create }).jpeg().toBuffer();
}

/** Writes files by their paths below a folder; returns the folder. */
export function write(folder: string, files: Record<string, string | Uint8Array>): string {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** Makes links in a folder, all to one place, and the folders that they lie in. */
export function writeLinks(folder: string, target: string, links: string[]): void {
  for (const link of links) {
    mkdirSync(dirname(join(folder, link)), { recursive: true });
    symlinkSync(target, join(folder, link));
  }
}

/** Writes a right copy of CelebA, with some files replaced; undefined leaves one out. */
export async function celeba(
  folder: string,
  changed: Record<string, string | Uint8Array | undefined> = {},
): Promise<string> {
  const photo = await jpeg();
  const files: Record<string, string | Uint8Array | undefined> = {
    'list_attr_celeba.txt': ATTRIBUTES,
    'list_eval_partition.txt': PARTITION,
    ...Object.fromEntries(NAMES.map((name) => [`img_align_celeba/${name}`, photo])),
    ...changed,
  };
  const kept = Object.entries(files).filter((file): file is [string, string | Uint8Array] => file[1] !== undefined);
  return write(folder, Object.fromEntries(kept));
}
