/** Runs the tests, lint among them. Usage: npm test [-- PART-OF-A-PATH...], such as npm test -- dataset photos. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectPath } from 'celeba-lab/dist/project';
import { projectEnvironment } from './environment';

// More than two would need the memory of as many networks.
const FOLDERS_AT_ONCE = Math.min(2, availableParallelism());
// It takes longest: begun last, it would be waited for alone.
const FIRST_FOLDER = path.join('tests', 'notebooks');

function main(parts: string[]): number {
  const files = testFiles().filter((file) => parts.length === 0 || parts.some((part) => file.includes(part)));
  if (files.length === 0) {
    process.stderr.write(
      `npm test: found no test file whose path contains ${parts.join(' or ')}, expected a part of one, such as dataset.\n`,
    );
    return 2;
  }
  // Newer Nodes have another default; this one ends with the counts in both forms.
  const reporter = process.stdout.isTTY ? 'spec' : pathToFileURL(projectPath('scripts', 'tap-reporter.mjs')).href;
  const options = [
    '--require',
    'ts-node/register/transpile-only',
    '--test',
    `--test-concurrency=${FOLDERS_AT_ONCE}`,
    `--test-reporter=${reporter}`,
  ];
  // Ctrl-C ends the tests themselves; this process then still clears up.
  process.once('SIGINT', () => undefined);
  const entries = mkdtempSync(path.join(tmpdir(), 'celeba-lab-tests-'));
  try {
    return run([...options, ...writeEntries(entries, files)]);
  } finally {
    rmSync(entries, { recursive: true });
  }
}

/**
 * Node starts a process for each file that it is given, and to load TensorFlow takes most of these longer than their tests. So it
 * gets a file for each folder of tests, which loads them all; by name it runs them in this order. Hooks outside of suites,
 * environment and memory are a folder's.
 */
function writeEntries(into: string, files: string[]): string[] {
  const folders = [...new Set(files.map((file) => path.dirname(file)))];
  folders.sort((a, b) => Number(b === FIRST_FOLDER) - Number(a === FIRST_FOLDER) || (a < b ? -1 : 1));
  return folders.map((folder, i) => {
    const entry = path.join(into, `${String(i).padStart(2, '0')}-${folder.replaceAll(path.sep, '-')}.test.cjs`);
    const own = files.filter((file) => path.dirname(file) === folder);
    writeFileSync(entry, `const { test } = require('node:test');\n${own.map(loadingOf).join('')}`);
    return entry;
  });
}

/** A file that can't be loaded is one test that fails, and the others run. */
function loadingOf(file: string): string {
  const [name, place] = [file, projectPath(file)].map((text) => JSON.stringify(text));
  return `try { require(${place}); } catch (error) { test(${name} + ' can be loaded', () => { throw error; }); }\n`;
}

function testFiles(): string[] {
  const below = readdirSync(projectPath('tests'), { recursive: true, encoding: 'utf8' });
  const files = below.filter((file) => file.endsWith('.test.ts')).map((file) => path.join('tests', file));
  return files.sort();
}

function run(words: string[]): number {
  const { status, error } = spawnSync(process.execPath, words, {
    cwd: projectPath(),
    env: projectEnvironment(),
    stdio: 'inherit',
  });
  if (error) throw error;
  return status ?? 1;
}

process.exitCode = main(process.argv.slice(2));
