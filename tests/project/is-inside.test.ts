import assert from 'node:assert/strict';
import { test } from 'node:test';
import { project } from 'celeba-lab';

test('a path is inside a folder by its parts, also where a name only begins with two dots', () => {
  for (const path of ['/photos', '/photos/a.jpg', '/photos/..cats/a.jpg', '/photos/x/../a.jpg'])
    assert.equal(project.isInside(path, '/photos'), true, path);
  for (const path of ['/', '/photos-2/a.jpg', '/photos/../a.jpg', '/a.jpg'])
    assert.equal(project.isInside(path, '/photos'), false, path);
});

test('shownPath tells a path in the project from its folder on, also where a name begins with two dots', () => {
  assert.equal(project.shownPath(project.projectPath('outputs', 'model')), 'outputs/model');
  assert.equal(project.shownPath(project.projectPath('..mine', 'model')), '..mine/model');
});
