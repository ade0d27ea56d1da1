/**
 * What a disk may hold after a loss of power in the middle of some work.
 *
 * A model of what POSIX promises, no more: a file's bytes are safe once it was flushed, a folder's names once the folder was.
 * Of the rest this tries: each folder's names as they are, or as they were flushed last, or the latter without one name that
 * was removed since; a file that wasn't flushed as empty. Seen are `open`, `rename`, `rm` (of a folder: file by file, in the order
 * of names) and `mkdir` of node:fs/promises.
 */

import fsPromises from 'node:fs/promises';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  type RmOptions,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

/** A file or folder, wherever it is moved. */
interface Kept {
  /** Where it is now; undefined once it is removed. */
  path: string | undefined;
  isFolder: boolean;
  /** The bytes that were flushed. */
  bytes: Buffer;
  /** The names that were flushed. */
  names: Map<string, Kept>;
  /** Whether it was removed, not replaced by what was renamed to its path. */
  isRemoved?: boolean;
}

/** Told of each state: a folder that holds it, and after which step of the work. */
type Check = (folder: string, step: string) => Promise<void>;

/**
 * Does some work and hands each disk to `check` that a loss of power before, between or after its steps may leave.
 * @param root  folder in which the work is done; what it holds now is safe
 * @param work  what is interrupted
 * @param check throws where a state is not what it should be
 * @returns     the number of states that were checked
 */
export async function losePowerAtEachStep(
  t: TestContext,
  root: string,
  work: () => Promise<void>,
  check: Check,
): Promise<number> {
  const disk = new Disk(root);
  let [checked, checking] = [0, false];
  const look = async (step: string): Promise<void> => {
    if (checking) return;
    checking = true;
    for (const state of disk.states()) {
      await check(state, step).finally(() => rmSync(state, { recursive: true, force: true }));
      checked += 1;
    }
    checking = false;
  };
  const isOurs = (path: unknown): boolean => !checking && String(path).startsWith(root);
  watchCalls(t, disk, isOurs, look);
  await look('before');
  await work();
  t.mock.restoreAll();
  return checked;
}

function watchCalls(
  t: TestContext,
  disk: Disk,
  isOurs: (path: unknown) => boolean,
  look: (step: string) => Promise<void>,
) {
  const { open, rename, rm, mkdir } = fsPromises;
  t.mock.method(fsPromises, 'open', async (...args: Parameters<typeof open>) => {
    const file = await open(...args);
    if (!isOurs(args[0])) return file;
    const sync = file.sync.bind(file);
    file.sync = async () => {
      await sync();
      disk.flushed(String(args[0]));
      await look(`flushed ${String(args[0])}`);
    };
    return file;
  });
  t.mock.method(fsPromises, 'rename', async (from: string, to: string) => {
    await rename(from, to);
    if (!isOurs(to)) return;
    disk.moved(from, to);
    await look(`renamed ${from} to ${to}`);
  });
  t.mock.method(fsPromises, 'rm', async (path: string, options?: RmOptions) => {
    if (isOurs(path) && existsSync(path) && statSync(path).isDirectory())
      for (const name of readdirSync(path)) await fsPromises.rm(join(path, name), options);
    await rm(path, options);
    if (!isOurs(path)) return;
    disk.removed(path, true);
    await look(`removed ${path}`);
  });
  t.mock.method(fsPromises, 'mkdir', async (path: string) => {
    await mkdir(path);
    if (isOurs(path)) await look(`made ${path}`);
  });
}

class Disk {
  private readonly known: Kept[] = [];
  private readonly top: Kept;

  constructor(root: string) {
    this.top = this.at(root);
    this.flushAll(this.top);
  }

  flushed(path: string): void {
    const kept = this.at(path);
    if (kept.isFolder) kept.names = this.namesNow(kept);
    else kept.bytes = readFileSync(path);
  }

  moved(from: string, to: string): void {
    this.removed(to);
    for (const kept of this.known) if (isBelow(kept.path, from)) kept.path = to + kept.path.slice(from.length);
  }

  removed(path: string, byItself = false): void {
    for (const kept of this.known)
      if (isBelow(kept.path, path)) {
        kept.path = undefined;
        kept.isRemoved = byItself;
      }
  }

  /** Folders with each of the states, one after the other; whoever takes one removes it. */
  *states(): Generator<string> {
    this.namesNow(this.top);
    const folders = this.known.filter(({ isFolder, path }) => isFolder && path !== undefined);
    const choices = [new Set<Kept>(), new Set(folders)];
    for (const folder of folders) choices.push(new Set([folder]), new Set(folders.filter((other) => other !== folder)));
    for (const asTheyAre of choices) yield this.copied(asTheyAre);
    const flushed = folders.flatMap(({ names }) => [...names.values()]);
    for (const gone of flushed.filter(({ isRemoved }) => isRemoved)) yield this.copied(new Set(), gone);
  }

  private copied(asTheyAre: Set<Kept>, gone?: Kept): string {
    const copy = mkdtempSync(join(tmpdir(), 'power-'));
    this.writeTo(copy, this.top, asTheyAre, gone);
    return copy;
  }

  private writeTo(copy: string, folder: Kept, asTheyAre: Set<Kept>, gone?: Kept): void {
    const names = asTheyAre.has(folder) ? this.namesNow(folder) : folder.names;
    for (const [name, kept] of names) {
      if (kept === gone) continue;
      if (kept.isFolder) mkdirSync(join(copy, name));
      if (kept.isFolder) this.writeTo(join(copy, name), kept, asTheyAre, gone);
      else writeFileSync(join(copy, name), kept.bytes);
    }
  }

  private at(path: string): Kept {
    const found = this.known.find((kept) => kept.path === path);
    if (found) return found;
    const kept = {
      path,
      isFolder: statSync(path).isDirectory(),
      bytes: Buffer.alloc(0),
      names: new Map<string, Kept>(),
    };
    this.known.push(kept);
    return kept;
  }

  /** With all folders below, which become known by it. */
  private namesNow({ path = '' }: Kept): Map<string, Kept> {
    const below = readdirSync(path).map((name): [string, Kept] => [name, this.at(join(path, name))]);
    for (const [, kept] of below) if (kept.isFolder) this.namesNow(kept);
    return new Map(below);
  }

  private flushAll(folder: Kept): void {
    folder.names = this.namesNow(folder);
    for (const kept of folder.names.values()) {
      if (kept.isFolder) this.flushAll(kept);
      else this.flushed(kept.path ?? '');
    }
  }
}

function isBelow(path: string | undefined, folder: string): path is string {
  return path !== undefined && (path === folder || path.startsWith(`${folder}/`));
}
