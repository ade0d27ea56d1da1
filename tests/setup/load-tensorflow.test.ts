/** The addons' loading of TensorFlow's libraries, compiled by a real compiler, with stand-ins for the libraries. */

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { projectPath } from 'celeba-lab/dist/project';

const COMPILER = '/usr/bin/g++';
const LOADER = projectPath('scripts/addon/load-tensorflow.cc');
const NO_COMPILER = process.platform === 'linux' && existsSync(COMPILER) ? false : `needs Linux and ${COMPILER}`;
let folder: string;

before(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'load-tensorflow-'));
  if (NO_COMPILER) return;
  library('tensorflow/libtensorflow_framework.so.2');
  library('tensorflow/libtensorflow_cc.so.2');
  library(
    'nvidia/cusolver/lib/libcusolver.so.11',
    '#include <cstdio>\n__attribute__((constructor)) void f() { puts("solver"); }',
  );
  library('driver/libcuda.so.1');
  compile(path.join(folder, 'addon.so'), LOADER, '-ldl', `-Wl,-rpath,${path.join(folder, 'tensorflow')}`);
});

after(() => rmSync(folder, { recursive: true, force: true }));

function library(name: string, source = ''): void {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(`${file}.cc`, source);
  compile(file, `${file}.cc`, `-Wl,-soname,${path.basename(name)}`);
}

function compile(output: string, source: string, ...more: string[]): void {
  execFileSync(COMPILER, ['-shared', '-fPIC', '-o', output, source, ...more]);
}

/** What is printed where the addon is loaded into some program. */
function load(libraries: string): string {
  const env = { LD_PRELOAD: path.join(folder, 'addon.so'), LD_LIBRARY_PATH: libraries };
  return execFileSync('/bin/true', { env, encoding: 'utf8' });
}

test(
  'with an NVIDIA driver the CUDA library that TensorFlow looks for in vain is loaded',
  { skip: NO_COMPILER },
  () => {
    assert.equal(load(path.join(folder, 'driver')), 'solver\n');
  },
);

test('without a working NVIDIA driver the CUDA library is left alone', { skip: NO_COMPILER }, () => {
  // Also where this machine has a driver: the first that is found counts.
  mkdirSync(path.join(folder, 'no-driver'));
  writeFileSync(path.join(folder, 'no-driver', 'libcuda.so.1'), '');
  assert.equal(load(path.join(folder, 'no-driver')), '');
});

test('an NVIDIA driver without that CUDA library, as with the CPU build, is no fault', { skip: NO_COMPILER }, () => {
  rmSync(path.join(folder, 'nvidia'), { recursive: true });
  assert.equal(load(path.join(folder, 'driver')), '');
});
