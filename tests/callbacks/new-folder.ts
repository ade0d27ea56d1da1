/** Folders for trainings, removed when the tests of the file that imports this have ended. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

const root = mkdtemp(join(tmpdir(), 'trainings-'));
after(async () => rm(await root, { recursive: true }));

/** A new empty folder. */
export async function newFolder(): Promise<string> {
  return mkdtemp(join(await root, 'outputs-'));
}
