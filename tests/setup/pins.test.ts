/** The versions that set-up installs are exact, and the lockfile is one that npm ci accepts on every platform. */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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

test("lib names each package that it imports, at the project's version", () => {
  const manifest = (file: string) =>
    JSON.parse(readFileSync(projectPath(file), 'utf8')) as { dependencies: Record<string, string> };
  const { dependencies } = manifest('lib/package.json');
  const project = manifest('package.json').dependencies;
  assert.deepEqual(dependencies, Object.fromEntries(Object.keys(dependencies).map((name) => [name, project[name]])));
  assert.deepEqual(Object.keys(dependencies).sort(), importedPackages(projectPath('lib')));
});

/** Packages whose names stand in import, import() or resolve() in the sources of lib, sorted. */
function importedPackages(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.startsWith('dist'),
  );
  const names = files.flatMap((name) =>
    [...readFileSync(join(folder, name), 'utf8').matchAll(/(?:from |import\(|resolve\()'((?:@[\w-]+\/)?[\w-]+)/g)].map(
      ([, packageName]) => packageName,
    ),
  );
  return [...new Set(names)].filter((name) => name !== 'node').sort();
}
