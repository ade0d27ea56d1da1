/** Old Nodes: the entry files are ones that they can read, and say what is needed before anything else is read. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { projectPath } from 'celeba-lab/dist/project';
import { parse, tokenizer, tokTypes, type ImportDeclaration } from 'acorn';
import { MadeUpProject } from './made-up-project';

const ENTRIES = ['scripts/setup.mjs', 'scripts/doctor.mjs'];
const OLD = ['12.22.12', '14.21.3', '16.20.2', '18.20.4'];
const MESSAGE = (version: string) =>
  `- Node 20 (from 20.9), 22 or 24; found: Node ${version}.\n    Debian/Ubuntu:  curl `;

for (const entry of ENTRIES) {
  test(`${entry} and what it imports before it knows the version are in syntax that Node 12 reads`, () => {
    const files = importedFrom(projectPath(entry));
    assert.deepEqual(
      files.map((file) => path.basename(file)),
      [path.basename(entry), 'node-version.mjs', 'requirements-message.mjs'],
    );
    for (const file of files) assert.deepEqual(tooNew(readFileSync(file, 'utf8')), [], file);
  });
}

test('the look for newer syntax sees it', () => {
  assert.deepEqual(tooNew('const [a, b] = [1?.e, null ?? 2];'), ['?.', '??']);
  assert.throws(() => tooNew('let a; a ??= 1;'), SyntaxError);
  assert.throws(() => tooNew('await 1;'), SyntaxError);
});

for (const version of OLD) {
  test(`under Node ${version}, set-up says what is needed, though it can't read its other scripts`, async (context) => {
    const project = new MadeUpProject(context);
    project.write('scripts/setup/main.mjs', 'newer syntax');
    const { code, stdout, stderr } = await project.setUp({ NODE_OPTIONS: pretend(project, version) });
    assert.deepEqual([code, stdout], [1, '']);
    assert.ok(stderr.includes(MESSAGE(version)), stderr);
    assert.match(stderr, /Install it, then run the same command again\.\n$/);
    assert.deepEqual(project.calls(), []);
  });

  test(`under Node ${version}, the doctor says what is needed, though it lacks functions that its checks use`, (context) => {
    const env = { ...process.env, NODE_OPTIONS: pretend(new MadeUpProject(context), version) };
    const { status, stdout, stderr } = spawnSync(process.execPath, [projectPath('scripts/doctor.mjs'), 'node'], {
      env,
      encoding: 'utf8',
    });
    assert.deepEqual([status, stdout], [1, '']);
    assert.ok(stderr.includes(MESSAGE(version)), stderr);
  });
}

test("the Nodes that set-up takes are those of package.json's engines", async () => {
  const { nodeMissing } = (await import(pathToFileURL(projectPath('scripts/setup/node-version.mjs')).href)) as {
    nodeMissing: (version: string) => object | undefined;
  };
  const { engines } = JSON.parse(readFileSync(projectPath('package.json'), 'utf8')) as { engines: { node: string } };
  const versions = [...OLD, '20.0.0', '20.8.1', '20.9.0', '20.19.5', '21.7.0', '22.0.0', '22.21.0', '23.1.0'];
  for (const version of [...versions, '24.0.0', '24.11.1', '25.0.0', '26.0.0'])
    assert.equal(nodeMissing(version) === undefined, takes(engines.node, version), version);
});

/** Whether a range of the form "^20.9.0 || ^22.0.0" holds a version. */
function takes(range: string, version: string): boolean {
  const [major, minor, patch] = version.split('.').map(Number);
  return range.split(' || ').some((part) => {
    const [, ...from] = (/^\^(\d+)\.(\d+)\.(\d+)$/.exec(part) ?? assert.fail(`${part}: another form`)).map(Number);
    return major === from[0] && (minor > from[1] || (minor === from[1] && patch >= from[2]));
  });
}

/** The options that make Node tell another version, and lack what Node 18.15 brought. */
function pretend(project: MadeUpProject, version: string): string {
  const lines = [
    `Object.defineProperty(process.versions, 'node', { value: '${version}' });`,
    "delete require('node:fs').statfsSync;",
  ];
  project.write('old-node.cjs', lines.join('\n'));
  return `--require ${project.path('old-node.cjs')}`;
}

/** A module and all that it imports at its top: those are read before its first line runs. */
function importedFrom(file: string): string[] {
  const { body } = parse(readFileSync(file, 'utf8'), { ecmaVersion: 2020, sourceType: 'module' });
  const imports = body.filter((node): node is ImportDeclaration => node.type === 'ImportDeclaration');
  const places = imports.map(({ source }) => path.resolve(path.dirname(file), String(source.value)));
  return [file, ...places.flatMap(importedFrom)];
}

/** What a text holds of ES2020 that Node 12 can't read; import() it can. Newer syntax is a SyntaxError. */
function tooNew(text: string): string[] {
  const options = { ecmaVersion: 2020, sourceType: 'module' } as const;
  parse(text, options);
  const later = [tokTypes.questionDot, tokTypes.coalesce];
  return [...tokenizer(text, options)].filter(({ type }) => later.includes(type)).map(({ type }) => type.label);
}
