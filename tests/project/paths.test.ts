/** Paths that a user gives, whichever way a command was started. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { project } from 'celeba-lab';

test('usersPath begins where the user was, whatever folder npm starts the command in', () => {
  const env = { INIT_CWD: '/home/me' };
  assert.deepEqual(
    ['faces', '../out', '/elsewhere', '.'].map((given) => project.usersPath(given, env)),
    ['/home/me/faces', '/home/out', '/elsewhere', '/home/me'],
  );
});

test("usersPath begins at the project's folder where npm did not start the command", () => {
  for (const env of [{}, { INIT_CWD: '' }]) assert.equal(project.usersPath('faces', env), project.projectPath('faces'));
});
