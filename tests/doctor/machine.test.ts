/** The doctor on a machine that lacks something. */

import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { openLibrary, useCopy } from './project-copy';
import { brokenPart, examine, examineOn } from './run-doctor';

describe('the machine', () => {
  const copy = useCopy();

  test('an old Node is named, with how to install a newer one', async () => {
    const { state, detail, cure } = await examineOn(copy.root, 'node', { node: '18.20.4' });
    assert.equal(state, 'broken');
    assert.equal(detail, 'found Node 18.20.4; needed: Node 20 (from 20.9), 22 or 24');
    assert.match(cure ?? '', /^Debian\/Ubuntu: .*; Fedora: .*; macOS: brew install node/);
  });

  test('without Python, the line says what was looked for and how to install it', () => {
    const { detail, cure } = brokenPart(copy.root, 'python', { PYTHON: 'no-such-python' });
    assert.match(detail, /found PYTHON=no-such-python, and no such command; needed: Python 3\.10 to 3\.13/);
    assert.match(cure, /apt install python3 python3-venv/);
  });

  test('without a compiler, the line says what was looked for and how to install it', () => {
    const { detail, cure } = brokenPart(copy.root, 'compiler', { CXX: 'no-such-compiler' });
    assert.match(detail, /found CXX=no-such-compiler.*; needed: a C\+\+ compiler/);
    assert.match(cure, /apt install g\+\+/);
  });

  test('a PYTHON or CXX that is another program is named as such', () => {
    const python = brokenPart(copy.root, 'python', { PYTHON: '/bin/true' });
    assert.match(python.detail, /^found PYTHON=\/bin\/true is no Python; needed: Python 3\.10/);
    const compiler = brokenPart(copy.root, 'compiler', { CXX: '/bin/true' });
    assert.match(compiler.detail, /^found CXX=\/bin\/true is no C\+\+ compiler; needed: a C\+\+ compiler/);
  });

  test('a full disk is named, with how much is expected', async () => {
    const { state, detail, cure } = await examineOn(copy.root, 'disk', { freeBytes: 2 ** 29 });
    assert.equal(state, 'broken');
    assert.equal(detail, '0.5 GiB free, expected 2 GiB or more');
    assert.match(cure ?? '', /Make room/);
  });

  test('a file in the place of outputs/ is named, with the command that moves it away', () => {
    const outputs = join(copy.root, 'outputs');
    rmSync(outputs, { recursive: true });
    writeFileSync(outputs, '');
    const { detail, cure } = brokenPart(copy.root, 'outputs');
    assert.equal(detail, 'outputs is a file, expected a folder that can be written to');
    assert.equal(cure, `mv ${outputs} ${outputs}.old`);
  });

  test("an OUTPUTS folder that can't be written to is named", () => {
    // Not even root can make files in /proc.
    const { detail, cure } = brokenPart(copy.root, 'outputs', { OUTPUTS: '/proc/self/outputs' });
    assert.match(detail, /^\/proc\/self can't be written to \(E/);
    assert.match(cure, /set OUTPUTS/);
  });

  test('a file above an OUTPUTS folder is the one that is named, in the cure too', () => {
    const file = join(copy.root, 'package.json');
    const { detail, cure } = brokenPart(copy.root, 'outputs', { OUTPUTS: 'package.json/x/y' });
    assert.equal(detail, 'package.json is a file, expected a folder that can be written to');
    assert.equal(cure, `Set OUTPUTS to another folder, or move the file away: mv ${file} ${file}.old`);
  });

  test("an OUTPUTS folder among the project's sources is refused, as npm start does", () => {
    openLibrary(copy.root);
    const { detail, cure } = brokenPart(copy.root, 'outputs', { OUTPUTS: 'lib' });
    assert.match(
      detail,
      /^OUTPUTS, .*lib: found a folder in the project's lib\/, expected a folder for results alone$/,
    );
    assert.equal(cure, 'Set OUTPUTS to another folder, or leave it out');
    assert.match(brokenPart(copy.root, 'outputs', { OUTPUTS: '.' }).detail, /found the project's own folder/);
  });

  test('whether an OUTPUTS folder is among the sources is not looked at where lib/ is not compiled, and the line says so', () => {
    openLibrary(copy.root);
    rmSync(join(copy.root, 'lib', 'dist'), { recursive: true });
    const { code, findings } = examine(copy.root, ['outputs'], { OUTPUTS: 'lib' });
    const [{ state, detail }] = findings;
    assert.deepEqual([code, state], [0, 'unchecked']);
    assert.match(detail, /^lib\/ can be written to; whether .* not looked at before lib\/ is compiled$/);
  });

  test('a relative OUTPUTS begins where the command was typed; without it, outputs/ is in the project', () => {
    const typedIn = join(copy.root, 'data');
    writeFileSync(join(typedIn, 'results'), '');
    const { detail } = brokenPart(copy.root, 'outputs', { OUTPUTS: 'results', INIT_CWD: typedIn });
    assert.equal(detail, 'data/results is a file, expected a folder that can be written to');
    assert.equal(
      examine(copy.root, ['outputs'], { INIT_CWD: typedIn }).findings[0].detail,
      'outputs/ can be written to',
    );
  });
});
