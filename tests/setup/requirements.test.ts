/** Set-up's messages about what the machine lacks. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MadeUpProject } from './made-up-project';

test('without Python and compiler one message names both, and their commands for three systems', async (context) => {
  const { code, stderr } = await new MadeUpProject(context, ['npm']).setUp();
  assert.equal(code, 1);
  assert.match(stderr, /Python 3\.10 to 3\.13 with venv; found: none of python3, python3\.13/);
  assert.match(stderr, /C\+\+ compiler for C\+\+17; found: none of g\+\+, clang\+\+/);
  for (const command of [
    'apt install python3',
    'dnf install python3',
    'brew install python',
    'apt install g++',
    'dnf install gcc-c++',
  ])
    assert.ok(stderr.includes(command), command);
  assert.doesNotMatch(stderr, /\n\s+at /);
});

test('nothing is installed while a requirement is missing', async (context) => {
  const project = new MadeUpProject(context, ['npm', 'python3']);
  await project.setUp();
  assert.deepEqual(project.calls(), []);
});

test('nothing is compiled either in a project that only lacks what is compiled', async (context) => {
  const project = new MadeUpProject(context);
  assert.equal((await project.setUp()).code, 0);
  project.calls();
  project.append('scripts/addon/decode-jpeg.cc', '// changed\n');
  project.append('lib/index.ts', '// changed\n');
  project.removeTool('g++');
  const { code, stderr } = await project.setUp();
  assert.equal(code, 1);
  assert.deepEqual(project.calls(), []);
  assert.equal(stderr.match(/C\+\+ compiler.*found/gi)?.length, 1, stderr);
});

test('a Python that is too old is named with its version', async (context) => {
  const { stderr } = await new MadeUpProject(context).setUp({ FAKE_PYTHON_MINOR: '9' });
  assert.match(stderr, /found: python3 is version 3\.9\./);
});

test('a Python that is too new is named with its version', async (context) => {
  const { stderr } = await new MadeUpProject(context).setUp({ FAKE_PYTHON_MINOR: '14' });
  assert.match(stderr, /found: python3 is version 3\.14\./);
});

test('a Python without venv is named, with the package that brings it', async (context) => {
  const { stderr } = await new MadeUpProject(context).setUp({ FAKE_VENV: '0' });
  assert.match(stderr, /python3 \(3\.12\) lacks its venv module/);
  assert.match(stderr, /apt install python3 python3-venv/);
});

test('where python3 is too old, a newer one beside it is taken', async (context) => {
  const project = new MadeUpProject(context, ['npm', 'g++']);
  project.addScript('python3', 'echo "3 9 1 1 /old/python3"');
  project.addTool('python3', 'python3.11');
  assert.equal((await project.setUp()).code, 0);
});

test('PYTHON decides alone: where it is wrong, no other is taken', async (context) => {
  const { code, stderr } = await new MadeUpProject(context).setUp({ PYTHON: '/nowhere/python3' });
  assert.equal(code, 1);
  assert.match(stderr, /found: PYTHON=\/nowhere\/python3, and no such command/);
});

test('a PYTHON that ends well but is no Python is named as such, without a version', async (context) => {
  const { code, stderr } = await new MadeUpProject(context).setUp({ PYTHON: '/bin/true' });
  assert.equal(code, 1);
  assert.match(stderr, /found: PYTHON=\/bin\/true is no Python\.\n/);
});

for (const program of ['true', 'echo', 'cat']) {
  test(`a CXX that ends well but compiles nothing, as ${program} does, is named as no compiler`, async (context) => {
    const project = new MadeUpProject(context);
    // cat as a program that gives back what it reads, whatever the options.
    project.addScript('other', program === 'cat' ? 'exec cat' : `exec /bin/${program} "$@"`);
    const { code, stderr } = await project.setUp({ CXX: 'other' });
    assert.equal(code, 1);
    assert.match(stderr, /C\+\+ compiler for C\+\+17; found: CXX=other is no C\+\+ compiler\.\n/);
  });
}

test('a compiler that is there but fails is named with its own error', async (context) => {
  const { stderr } = await new MadeUpProject(context).setUp({
    FAKE_COMPILER_FAULT: 'string: No such file or directory',
  });
  assert.match(stderr, /g\+\+ can't compile C\+\+17: .*fatal error: string: No such file/);
});

test('CXX is taken with its arguments', async (context) => {
  const project = new MadeUpProject(context, ['npm', 'python3']);
  project.addTool('g++', 'other-compiler');
  assert.equal((await project.setUp({ CXX: 'other-compiler -pipe' })).code, 0);
  assert.ok(project.calls().some((call) => call.startsWith('g++ -pipe -O2 -std=c++17')));
});

for (const version of ['18.20.4', '20.8.1', '23.1.0']) {
  test(`Node ${version} is refused with what is expected and how to install it`, async (context) => {
    const project = new MadeUpProject(context);
    project.write('node-version.cjs', `Object.defineProperty(process.versions, 'node', { value: '${version}' });`);
    const { code, stderr } = await project.setUp({ NODE_OPTIONS: `--require ${project.path('node-version.cjs')}` });
    assert.equal(code, 1);
    assert.ok(stderr.includes(`Node 20 (from 20.9), 22 or 24; found: Node ${version}.`), stderr);
    assert.match(stderr, /brew install node@22/);
  });
}
