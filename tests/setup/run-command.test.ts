/** Set-up where the system refuses to write. */

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { test } from 'node:test';
import { MadeUpProject } from './made-up-project';

const FULL = { skip: !existsSync('/dev/full') && 'needs /dev/full' };

test(
  'a full disk ends set-up with what the command said, advice and no stack, and the lock is given back',
  FULL,
  async (context) => {
    const project = new MadeUpProject(context, ['python3', 'g++']);
    const fills = '/bin/ln -sf /dev/full .setup/packages.log; echo one; echo "npm error ENOSPC: no room"; exit 1';
    project.addScript('npm', fills);
    const { code, stderr } = await project.setUp();
    assert.equal(code, 1);
    assert.match(
      stderr,
      /\n {2}npm error ENOSPC: no room\nThe npm packages couldn't be installed \(npm: exit code 1\)\. The disk is full: set-up needs about 3\.5 GB\. .* \.setup\/packages\.log lacks some of its output \(ENOSPC: .*\)\n$/,
    );
    assert.doesNotMatch(stderr, /\n\s+at /);
    assert.ok(!existsSync(project.path('.setup/lock')));
  },
);

test(
  'a log that cannot be written gives the advice that the command does not give, and ends nothing',
  FULL,
  async (context) => {
    const project = new MadeUpProject(context);
    mkdirSync(project.path('.setup'));
    symlinkSync('/dev/full', project.path('.setup/packages.log'));
    const { stderr } = await project.setUp({ FAKE_NPM_FAILS: 'EUNKNOWN' });
    assert.match(
      stderr,
      /npm error code EUNKNOWN\n.* The disk is full: .* \.setup\/packages\.log lacks some of its output/,
    );
    assert.equal((await project.setUp()).code, 0);
  },
);

test('a project folder that cannot be written to is told in one sentence, without a stack', async (context) => {
  if (!existsSync('/sys')) return context.skip('needs a folder that nobody may write to');
  const project = new MadeUpProject(context);
  symlinkSync('/sys', project.path('.setup'));
  const { code, stderr } = await project.setUp();
  assert.equal(code, 1);
  assert.match(stderr, /^Set-up broke down: E[A-Z]+: [^\n]*\/lock[^\n]*\n$/);
  assert.deepEqual(project.calls(), []);
});
