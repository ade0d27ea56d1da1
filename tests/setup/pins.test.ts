/** The versions that set-up installs are exact, and the lockfile is one that npm ci accepts on every platform. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { projectPath } from 'celeba-lab/dist/project';

interface Packages {
  packages: Record<string, { version?: string; optional?: boolean; optionalDependencies?: Record<string, string> }>;
}

test('the lockfile holds every optional package that it names, or npm ci would refuse it', () => {
  const { packages } = JSON.parse(readFileSync(projectPath('package-lock.json'), 'utf8')) as Packages;
  const named = Object.entries(packages).flatMap(([place, entry]) =>
    Object.keys(entry.optionalDependencies ?? {}).map((name) => ({ place, name })),
  );
  const missing = named.filter(
    ({ place, name }) => !packages[`node_modules/${name}`] && !packages[`${place}/node_modules/${name}`],
  );
  assert.deepEqual(missing, []);
});

test('every version in package.json is exact', () => {
  const manifest = JSON.parse(readFileSync(projectPath('package.json'), 'utf8')) as Record<
    string,
    Record<string, string>
  >;
  const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
  assert.deepEqual(
    versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version)),
    [],
  );
});

for (const file of [
  'requirements.txt',
  'requirements-cpu.txt',
  'requirements-cuda.txt',
  'requirements-tensorboard.txt',
]) {
  test(`every Python package in ${file} is at an exact version`, () => {
    const lines = readFileSync(projectPath(file), 'utf8').split('\n');
    const packages = lines.filter((line) => line !== '' && !line.startsWith('#') && line !== '-r requirements.txt');
    assert.deepEqual(
      packages.filter((line) => !/^[\w-]+==[\w.]+( ; .+)?$/.test(line)),
      [],
    );
  });
}
