/** The doctor on a project whose packages aren't as they should be. */

import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import { SITE_PACKAGES, useCopy } from './project-copy';
import { brokenPart, examine } from './run-doctor';

const ROOT = resolve(__dirname, '..', '..');
const PACKAGES_ANEW = 'rm -rf node_modules && npm run setup';
const PYTHON_ANEW = 'rm -rf .venv && npm run setup';

describe('npm packages', () => {
  const copy = useCopy();
  const at = (...parts: string[]) => join(copy.root, 'node_modules', ...parts);

  test('without node_modules, set-up is the cure, and what rests on it waits', () => {
    rmSync(at(), { recursive: true });
    const { findings } = examine(copy.root, ['packages', 'sharp', 'addon', 'lib', 'kernelspec']);
    assert.equal(findings[0].detail, 'not installed yet');
    assert.equal(findings[0].cure, 'npm run setup');
    assert.deepEqual(new Set(findings.slice(1).map(({ detail }) => detail)), new Set(['waits for: npm packages']));
  });

  test('a package that is missing is named with its version', () => {
    rmSync(at('vega-lite'));
    const { detail, cure } = brokenPart(copy.root, 'packages');
    assert.equal(detail, 'vega-lite is missing, expected 5.23.0');
    assert.match(cure, /npm run setup$/);
  });

  test('a package at another version is named with both versions', () => {
    rmSync(at('tslab'));
    mkdirSync(at('tslab'));
    writeFileSync(at('tslab', 'package.json'), '{ "version": "1.0.0" }');
    const { detail, cure } = brokenPart(copy.root, 'packages');
    assert.equal(detail, 'tslab is 1.0.0, expected 1.0.22');
    assert.match(cure, /npm run setup$/);
  });

  for (const [part, name, binaries] of [
    ['sharp', 'sharp', /^(@img)$/],
    ['polars', 'nodejs-polars', /^nodejs-polars-/],
  ] as const) {
    test(`${name} without its binary for this machine is named`, () => {
      rmSync(at(name));
      cpSync(join(ROOT, 'node_modules', name), at(name), { recursive: true });
      removeMatching(at(), binaries);
      const { detail, cure } = brokenPart(copy.root, part);
      assert.match(detail, /Could not load|Cannot find|native|binding/i);
      assert.equal(cure, PACKAGES_ANEW);
    });
  }
});

describe('the compiler of commands', () => {
  const copy = useCopy();

  test('without its binary for this machine it is named', () => {
    // A link to the project's own packages.
    const scope = join(copy.root, 'node_modules', '@swc');
    rmSync(scope);
    for (const name of ['core', 'counter'])
      cpSync(join(ROOT, 'node_modules', '@swc', name), join(scope, name), { recursive: true });
    const { detail, cure } = brokenPart(copy.root, 'swc');
    assert.match(detail, /binding/i);
    assert.equal(cure, PACKAGES_ANEW);
  });
});

describe('Python packages', () => {
  const copy = useCopy();
  const at = (...parts: string[]) => join(copy.root, ...parts);

  test('without .venv, set-up is the cure', () => {
    rmSync(at('.venv'), { recursive: true });
    assert.deepEqual(brokenPart(copy.root, 'python-packages'), { detail: ".venv isn't there", cure: 'npm run setup' });
  });

  test("without TensorFlow in .venv, the line says so, and the addon's checks wait", () => {
    rmSync(at(SITE_PACKAGES, 'tensorflow'));
    const { findings } = examine(copy.root, ['python-packages', 'addon-load']);
    assert.equal(findings[0].detail, "TensorFlow isn't in .venv");
    assert.equal(findings[0].cure, 'npm run setup');
    assert.equal(findings[1].detail, 'waits for: Python packages');
  });

  test('a Python package at another version is named with both versions', () => {
    rmSync(at(SITE_PACKAGES, 'nbclient-0.11.0.dist-info'));
    mkdirSync(at(SITE_PACKAGES, 'nbclient-0.5.0.dist-info'));
    writeFileSync(at(SITE_PACKAGES, 'nbclient-0.5.0.dist-info', 'METADATA'), 'Name: nbclient\nVersion: 0.5.0\n');
    const { detail, cure } = brokenPart(copy.root, 'python-packages');
    assert.deepEqual({ detail, cure }, { detail: 'nbclient is 0.5.0, expected ==0.11.0', cure: PYTHON_ANEW });
  });

  for (const name of ['jupyterlab', 'nbclient']) {
    test(`${name} without its files, its .dist-info left, is named, and set-up is the cure`, () => {
      rmSync(at(SITE_PACKAGES, name));
      const { detail, cure } = brokenPart(copy.root, 'python-packages');
      assert.match(detail, new RegExp(`^${name}: \\d+ files are missing or of another size, such as ${name}/`));
      assert.equal(cure, 'npm run setup');
    });
  }

  test('a Python package that has lost one file deep inside is named with it, and made anew', () => {
    openPackage('nbclient');
    rmSync(at(SITE_PACKAGES, 'nbclient', 'exceptions.py'));
    const { detail, cure } = brokenPart(copy.root, 'python-packages');
    assert.equal(detail, 'nbclient: 1 file is missing or of another size, such as nbclient/exceptions.py');
    assert.equal(cure, PYTHON_ANEW);
  });

  test('a Python package of which a file was cut short is named with it, and made anew', () => {
    openPackage('nbclient');
    const file = at(SITE_PACKAGES, 'nbclient', 'exceptions.py');
    writeFileSync(file, readFileSync(file).subarray(0, 100));
    const { detail, cure } = brokenPart(copy.root, 'python-packages');
    assert.equal(detail, 'nbclient: 1 file is missing or of another size, such as nbclient/exceptions.py');
    assert.equal(cure, PYTHON_ANEW);
  });

  test('without the package that the comparison itself uses, it is named as any other', () => {
    rmSync(at(SITE_PACKAGES, 'packaging'));
    const { detail, cure } = brokenPart(copy.root, 'python-packages');
    assert.match(detail, /^the Python package packaging lacks \.venv\/.*\/packaging\/__init__\.py/);
    assert.equal(cure, 'npm run setup');
  });

  function openPackage(name: string): void {
    rmSync(at(SITE_PACKAGES, name));
    cpSync(join(ROOT, SITE_PACKAGES, name), at(SITE_PACKAGES, name), { recursive: true });
  }

  test('a TENSORFLOW that is no build is named with those there are: set-up would refuse it, too', () => {
    const { detail, cure } = brokenPart(copy.root, 'python-packages', { TENSORFLOW: 'gpu' });
    assert.equal(detail, 'TENSORFLOW: found "gpu", expected cpu or cuda');
    assert.equal(cure, 'Set TENSORFLOW=cpu or TENSORFLOW=cuda, or leave it unset');
  });

  test("a Python that was removed from the machine leaves a .venv that doesn't run", () => {
    rmSync(at('.venv', 'bin'));
    mkdirSync(at('.venv', 'bin'));
    symlinkSync('/no/such/python3', at('.venv', 'bin', 'python'));
    const { detail, cure } = brokenPart(copy.root, 'python-packages');
    assert.deepEqual({ detail, cure }, { detail: ".venv isn't there", cure: 'npm run setup' });
  });
});

function removeMatching(folder: string, names: RegExp): void {
  for (const name of readdirSync(folder)) if (names.test(name)) rmSync(join(folder, name), { recursive: true });
}
