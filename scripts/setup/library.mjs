/** The workspace package celeba-lab: lib/ compiled to lib/dist, which notebooks and commands import. */

import fs from 'node:fs';
import path from 'node:path';
import { sizeOf } from './file-size.mjs';
import { hashOfFiles, openStamp } from './stamp.mjs';

const SETTINGS = ['tsconfig.json', 'lib/tsconfig.json', 'lib/package.json'];

/** The step that compiles lib/, whenever a source of it has changed. */
export function libraryStep(project) {
  const stamp = openStamp(project, 'lib');
  return {
    name: 'lib',
    title: 'lib/ compiled',
    needs: ['packages'],
    why() {
      if (!fs.existsSync(project.path('lib/dist/index.js'))) return 'not compiled yet';
      const { key, sizes } = stamp.readAll();
      return key === libraryKey(project) ? compiledFault(project, sizes) : 'its sources have changed';
    },
    async run({ command }) {
      stamp.remove();
      const key = libraryKey(project);
      removeStale(project);
      const compiler = [process.execPath, project.path('node_modules/typescript/bin/tsc')];
      await command([...compiler, '-p', 'lib'], { failure: "lib/ couldn't be compiled", telling: /error TS/ });
      stamp.write(key, { sizes: compiledSizes(project) });
    },
  };
}

/** The key of lib/dist: every source, and the settings it is compiled with. */
export function libraryKey(project) {
  return hashOfFiles(project, [...SETTINGS, ...librarySources(project)]);
}

/** The sources of lib/, from the project's root, sorted. */
export function librarySources(project) {
  return filesBelow(project, 'lib', /\.ts$/, ['dist', 'node_modules']);
}

// Of what is made from each source: what commands run, and what tells notebooks its types.
function compiledFiles(project) {
  return librarySources(project).flatMap((source) => {
    const stem = source.replace(/^lib\//, '').replace(/\.ts$/, '');
    return [`${stem}.js`, `${stem}.d.ts`];
  });
}

/** Bytes of each file that was compiled, by its path in lib/dist. */
export function compiledSizes(project) {
  return Object.fromEntries(compiledFiles(project).map((file) => [file, sizeOf(project.path('lib/dist', file))]));
}

function compiledFault(project, sizes) {
  // A stamp that another version of this file wrote.
  if (typeof sizes !== 'object') return 'what was compiled is not known';
  const lost = Object.keys(sizes).filter((file) => sizeOf(project.path('lib/dist', file)) !== sizes[file]);
  if (lost.length === 0) return undefined;
  const count = lost.length === 1 ? '1 file of lib/dist is' : `${lost.length} files of lib/dist are`;
  return `${count} missing or cut short, such as ${lost[0]}`;
}

// What was compiled from a source that is no longer there would still be found by its name.
function removeStale(project) {
  for (const file of filesBelow(project, 'lib/dist', /\.(js|js\.map|d\.ts)$/, [])) {
    const source = file.replace(/^lib\/dist/, 'lib').replace(/\.(js|js\.map|d\.ts)$/, '.ts');
    if (!fs.existsSync(project.path(source))) fs.rmSync(project.path(file));
  }
}

function filesBelow(project, folder, pattern, leftOut) {
  const absolute = project.path(folder);
  if (!fs.existsSync(absolute)) return [];
  const files = fs.readdirSync(absolute, { withFileTypes: true }).flatMap((entry) => {
    const name = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) return leftOut.includes(entry.name) ? [] : filesBelow(project, name, pattern, leftOut);
    return pattern.test(entry.name) ? [name] : [];
  });
  return files.sort();
}
