/** Lint, then the tests. Usage: npm test [-- PART-OF-A-PATH...], such as npm test -- dataset photos; with parts, without lint. */

import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectPath } from 'celeba-lab/dist/project';
import { projectEnvironment } from './environment';

// Much of a file's time is the start of its processes, on one core. More than two would need the memory of as many networks.
const FILES_AT_ONCE = Math.min(2, availableParallelism());

function main(parts: string[]): number {
  const files = testFiles().filter((file) => parts.length === 0 || parts.some((part) => file.includes(part)));
  if (files.length === 0) {
    process.stderr.write(
      `npm test: found no test file whose path contains ${parts.join(' or ')}, expected a part of one, such as dataset.\n`,
    );
    return 2;
  }
  const lint = parts.length === 0 ? run('npm', ['run', '--silent', 'lint']) : 0;
  process.stderr.write(lint === 0 ? '' : 'npm run lint has failed, see above; the tests run nevertheless.\n');
  // Newer Nodes have another default; this one ends with the counts in both forms.
  const reporter = process.stdout.isTTY ? 'spec' : pathToFileURL(projectPath('scripts', 'tap-reporter.mjs')).href;
  const options = [
    '--require',
    'ts-node/register/transpile-only',
    '--test',
    `--test-concurrency=${FILES_AT_ONCE}`,
    `--test-reporter=${reporter}`,
  ];
  const tests = run(process.execPath, [...options, ...files]);
  // The runner's closing lines stay the last ones, so a lint fault shows in the exit code.
  return tests === 0 && lint !== 0 ? 1 : tests;
}

function testFiles(): string[] {
  const below = readdirSync(projectPath('tests'), { recursive: true, encoding: 'utf8' });
  const files = below.filter((file) => file.endsWith('.test.ts')).map((file) => path.join('tests', file));
  // In whatever order they are given, Node runs them by name.
  return files.sort();
}

function run(program: string, words: string[]): number {
  const { status, error } = spawnSync(program, words, {
    cwd: projectPath(),
    env: projectEnvironment(),
    stdio: 'inherit',
  });
  if (error) throw error;
  return status ?? 1;
}

process.exitCode = main(process.argv.slice(2));
