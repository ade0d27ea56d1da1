/** Pictures of every kind that people have, made on the spot. */

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { dataset } from 'celeba-lab';
import sharp from 'sharp';

/** A file that the system fails to read, as from a disk that breaks: its first bytes are no memory of this process. */
export const FAILS_TO_READ = '/proc/self/mem';
export const NEEDS_PROC = { skip: !existsSync(FAILS_TO_READ) && 'needs /proc' };

/** Red, green, blue. */
export type Color = [number, number, number];

/** A picture of one color, to be encoded as its test needs. */
export function plain(width: number, height: number, [r, g, b]: Color): sharp.Sharp {
  return sharp({ create: { width, height, channels: 3, background: { r, g, b } } });
}

/** Noise, so that its file is long and every cut shows. */
export function noise(width: number, height: number): sharp.Sharp {
  const values = Uint8Array.from({ length: width * height * 3 }, (_, i) => Math.imul(i ^ (i >>> 3), 0x9e3779b1) >>> 24);
  return sharp(values, { raw: { width, height, channels: 3 } });
}

/** A folder that is removed after the test. */
export function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'celeba-lab-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes a file of any content into a temporary folder; returns its path. */
export function writePhoto(t: TestContext, name: string, bytes: Uint8Array | string): string {
  const file = join(temporaryFolder(t), name);
  writeFileSync(file, bytes);
  return file;
}

/** Small JPEGs of classes 0 and 1 in turn, each of its own grey: 10, 20, 30, ... */
export async function writeGreys(t: TestContext, count: number): Promise<dataset.Photo[]> {
  const folder = temporaryFolder(t);
  const photos = Array.from({ length: count }, (_, i): dataset.Photo => {
    const name = `${i}.jpg`;
    return { file: join(folder, name), name, label: i % 2, part: 'train' };
  });
  for (const [i, { file }] of photos.entries()) {
    const grey = 10 * (i + 1);
    await plain(16, 16, [grey, grey, grey]).jpeg({ quality: 100 }).toFile(file);
  }
  return photos;
}

/** A dataset of such photos. */
export function datasetOf(photos: dataset.Photo[]): dataset.Dataset {
  return {
    kind: 'celeba',
    folder: '/x',
    name: 'greys',
    attribute: 'Male',
    classNames: ['female', 'male'],
    split: 'official',
    photos,
    missing: [],
    leftOut: [],
    drawn: false,
    description: '',
  };
}
