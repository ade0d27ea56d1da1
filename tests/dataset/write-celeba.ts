/** Tiny copies of CelebA in temporary folders: right ones, and ones with a fault. */

import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

/** What differs from a right copy; a table given as undefined is left out. */
export interface CelebaCopy {
  attributes?: string;
  partition?: string;
  identities?: string;
  /** Names of files in img_align_celeba; they hold nothing. */
  photos?: string[];
}

export const NAMES = ['000001.jpg', '000002.jpg', '000003.jpg', '000004.jpg', '000005.jpg', '000006.jpg'];
export const ATTRIBUTES = `6
Male Smiling Wearing_Hat 
000001.jpg -1  1 -1
000002.jpg  1 -1 -1
000003.jpg -1  1  1
000004.jpg  1 -1 -1
000005.jpg -1  1 -1
000006.jpg  1 -1 -1
`;
export const PARTITION = `000001.jpg 0
000002.jpg 0
000003.jpg 1
000004.jpg 1
000005.jpg 2
000006.jpg 2
`;

/** An empty folder that is removed after the test. */
export function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'celeba-lab-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes a copy of CelebA; returns its folder. */
export function writeCeleba(t: TestContext, copy: CelebaCopy = {}): string {
  const folder = temporaryFolder(t);
  const tables: [name: string, text: string | undefined][] = [
    ['list_attr_celeba.txt', 'attributes' in copy ? copy.attributes : ATTRIBUTES],
    ['list_eval_partition.txt', 'partition' in copy ? copy.partition : PARTITION],
    ['identity_CelebA.txt', copy.identities],
  ];
  for (const [name, text] of tables) if (text !== undefined) writeFileSync(join(folder, name), text);
  writeFiles(join(folder, 'img_align_celeba'), copy.photos ?? NAMES);
  return folder;
}

/** Writes one table; returns its path. */
export function writeTable(t: TestContext, name: string, text: string | Uint8Array): string {
  const file = join(temporaryFolder(t), name);
  writeFileSync(file, text);
  return file;
}

/** Writes empty files into a folder, which is made. */
export function writeFiles(folder: string, names: string[]): void {
  mkdirSync(folder, { recursive: true });
  for (const name of names) writeFileSync(join(folder, name), '');
}
