/** The state of an unfinished training in a folder: state.json, and a file for each group of arrays, named by its content. */

import { createHash } from 'node:crypto';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { InputError } from '../errors';
import { exists, explainNoRoom, syncFolder, writeFileAtomically } from '../files';
import { changedFacts, type RunFacts } from './facts';
import { parseState, printState } from './state-json';
import type { PartState } from './part-state';

/** A training at the end of one of its epochs. */
export interface RunState {
  /** What it depends on. */
  facts: RunFacts;
  /** Whole epochs so far. */
  epochs: number;
  /** Whether a callback has ended it: then no further epoch follows. */
  ended: boolean;
  /** By the name of the part. */
  parts: Record<string, PartState>;
}

interface StoredPart {
  values?: Record<string, unknown>;
  /** SHA-256 of the bytes of its arrays, the name of their file. */
  blob?: string;
  /** Numbers in each array. */
  lengths?: number[];
}

interface StoredState extends Omit<RunState, 'parts'> {
  parts: Record<string, StoredPart>;
  /** Whether all that follows the training is on the disk, too; see `markDone`. */
  done?: boolean;
}

const STATE_FILE = 'state.json';

/**
 * Where the unfinished trainings of a run keep their states, whole or damaged.
 * @param outputs folder of the run, absolute; it may not be there yet
 * @returns       a folder for each, such as `outputs/training/state`
 */
export async function stateFolders(outputs: string): Promise<string[]> {
  const names = (await readdir(outputs).catch(ignoreMissing)) ?? [];
  const folders = names.map((name) => join(outputs, name, 'state'));
  const holds = await Promise.all(folders.map((folder) => exists(join(folder, STATE_FILE))));
  return folders.filter((_, i) => holds[i]);
}

/**
 * Takes away the states that are marked as done. For the end of a run of several notebooks: until then each training
 * can be gone back to, as the next run begins with the first notebook.
 * @param outputs folder of the run, absolute; nobody else works there
 */
export async function dropDone(outputs: string): Promise<void> {
  for (const folder of await stateFolders(outputs)) await new RunStore(folder).removeDone();
}

/**
 * Keeps one state. Writing a new one leaves the older whole until the moment in which state.json is renamed into place:
 * a process killed at any time, or a loss of power, leaves one of the two, never a mixture.
 */
export class RunStore {
  /** Checksums of arrays that parts hand over again and again, such as the best weights so far. */
  private readonly known = new WeakMap<Float32Array[], string>();

  /** @param folder absolute path, for this alone: whatever else lies in it is removed */
  constructor(readonly folder: string) {}

  /**
   * The state that was written last.
   * @returns undefined where there is none
   * @throws  InputError where it is damaged, with what is wrong
   */
  async read(): Promise<RunState | undefined> {
    const stored = await this.readStored();
    if (stored === undefined) return undefined;
    const parts: Record<string, PartState> = {};
    for (const [name, { values, blob, lengths }] of Object.entries(stored.parts))
      parts[name] = { values, arrays: blob && lengths ? await this.readArrays(blob, lengths) : undefined };
    return { facts: stored.facts, epochs: stored.epochs, ended: stored.ended, parts };
  }

  /**
   * Puts a state in the place of the one before. Arrays that the folder holds already aren't written again.
   * @throws SystemFault where the disk or its quota is full; the older state is then as it was
   */
  async write(state: RunState): Promise<void> {
    try {
      const parts: Record<string, StoredPart> = {};
      for (const [name, { values, arrays }] of Object.entries(state.parts))
        parts[name] = { values, ...(arrays && (await this.writeArrays(arrays))) };
      await writeFileAtomically(join(this.folder, STATE_FILE), printState({ ...state, parts }));
      await this.sweep(new Set(Object.values(parts).flatMap(({ blob }) => (blob ? [blob] : []))));
    } catch (error) {
      const needed = 'about 150 MB, the state of this epoch';
      const kept = 'it continues after the last epoch that was kept';
      throw explainNoRoom(error, { where: basename(dirname(this.folder)), needed, kept });
    }
  }

  /** Takes the state away: state.json first, so that what is left of it is never taken for one. */
  async remove(): Promise<void> {
    await rm(join(this.folder, STATE_FILE), { force: true });
    await syncFolder(this.folder).catch(ignoreMissing);
    await rm(this.folder, { recursive: true, force: true });
    await syncFolder(dirname(this.folder)).catch(ignoreMissing);
  }

  /**
   * Whether what lies there is the end of a training with these facts; another process may have begun another one here.
   * False where it is damaged, which is for `read` to say.
   */
  async holdsEndOf(facts: RunFacts): Promise<boolean> {
    const stored = await this.readStored().catch(() => undefined);
    return stored !== undefined && stored.ended && changedFacts(stored.facts, facts) === undefined;
  }

  /** Notes that all that follows the training is on the disk, for `dropDone`. */
  async markDone(): Promise<void> {
    const stored = await this.readStored();
    if (stored) await writeFileAtomically(join(this.folder, STATE_FILE), printState({ ...stored, done: true }));
  }

  /** Takes the state away where it is marked as done. */
  async removeDone(): Promise<void> {
    const stored = await this.readStored().catch(() => undefined);
    if (stored?.done) await this.remove();
  }

  private async readStored(): Promise<StoredState | undefined> {
    const text = await readFile(join(this.folder, STATE_FILE), 'utf8').catch(ignoreMissing);
    if (text === undefined) return undefined;
    const stored = parseState(text) as StoredState | undefined;
    if (stored === undefined) throw this.damaged(STATE_FILE, 'other bytes than were written');
    return stored;
  }

  private async readArrays(blob: string, lengths: number[]): Promise<Float32Array[]> {
    const bytes = await readFile(join(this.folder, blob)).catch(ignoreMissing);
    if (bytes === undefined) throw this.damaged(blob.slice(0, 12), 'no such file');
    if (sha256([bytes]) !== blob) throw this.damaged(blob.slice(0, 12), 'other bytes than were written');
    const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
    let start = 0;
    // Copies: whoever reads the buffer behind an array must find that array alone.
    return lengths.map((length) => values.slice(start, (start += length)));
  }

  private async writeArrays(arrays: Float32Array[]): Promise<StoredPart> {
    const pieces = arrays.map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength));
    const blob = this.known.get(arrays) ?? sha256(pieces);
    this.known.set(arrays, blob);
    const path = join(this.folder, blob);
    const sizeBytes = pieces.reduce((sum, { length }) => sum + length, 0);
    const there = await stat(path).catch(ignoreMissing);
    if (there?.size !== sizeBytes) await writeFileAtomically(path, Buffer.concat(pieces));
    return { blob, lengths: arrays.map(({ length }) => length) };
  }

  /** Removes the arrays of older states, what a killed process left half written, and what else lies there. */
  private async sweep(used: Set<string>): Promise<void> {
    for (const name of await readdir(this.folder)) {
      if (name === STATE_FILE || used.has(name)) continue;
      // Folders, too: JupyterLab makes one beside each file that is opened in it.
      await rm(join(this.folder, name), { recursive: true, force: true });
    }
  }

  private damaged(name: string, found: string): InputError {
    return new InputError({
      where: `${basename(this.folder)}/${name}`,
      found,
      expected: 'the state of an unfinished training',
      remedy: 'Training begins anew',
    });
  }
}

function sha256(pieces: Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
