/** Stamps in .setup/: a step writes one when it has finished, with the key of everything that it was made from. */

import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/** Reads, writes and removes the stamp of one step. */
export function openStamp(project, step) {
  const file = project.path('.setup', `${step}.json`);
  return {
    /** The key that the step was finished with, or undefined where it never was. */
    read() {
      return this.readAll().key;
    },
    /** The key and what else was written with it; no key where the step was never finished. */
    readAll() {
      try {
        return JSON.parse(fs.readFileSync(file, 'utf8'));
      } catch {
        // Absent, or cut short by a full disk: either way the step isn't known to be done.
        return {};
      }
    },
    /** `facts` are for readAll; the key alone decides whether the step is done, undefined says that it isn't. */
    write(key, facts = {}) {
      fs.mkdirSync(path.dirname(file), { recursive: true });
      const aside = `${file}.${process.pid}`;
      fs.writeFileSync(aside, JSON.stringify({ key, ...facts, written: new Date().toISOString() }));
      fs.renameSync(aside, file);
    },
    remove() {
      fs.rmSync(file, { force: true });
    },
  };
}

/** One hash over texts; the order counts. */
export function hashOf(...texts) {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(`${text.length}:`).update(text);
  return hash.digest('hex');
}

/** One hash over files' paths and contents; an absent file counts as absent. */
export function hashOfFiles(project, files) {
  const parts = files.map((file) => {
    const absolute = project.path(file);
    return `${file}\n${fs.existsSync(absolute) ? fs.readFileSync(absolute, 'utf8') : '(absent)'}`;
  });
  return hashOf(...parts);
}
