/** The doctor's rule for the outputs folder, beside that of every other command. */

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { InputError, project } from 'celeba-lab';

const MODULE = pathToFileURL(resolve(__dirname, '..', '..', 'scripts', 'doctor', 'outputs-place.mjs')).href;

interface OutputsPlace {
  placeAmongSources: (outputs: string, root: string) => string | undefined;
}

/** What npm start would say of a place. */
function refusal(outputs: string, root: string): string | undefined {
  try {
    project.checkOutputsPlace(outputs, root);
    return undefined;
  } catch (error) {
    assert.ok(error instanceof InputError);
    return error.found;
  }
}

test('the doctor refuses the same places as npm start, in the same words, and no other', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'doctor-place-'));
  t.after(() => rm(folder, { recursive: true }));
  const root = join(folder, 'project');
  for (const name of ['notebooks', 'lib', 'scripts', 'tests', 'data', 'outputs'])
    await mkdir(join(root, name), { recursive: true });
  await symlink(root, join(folder, 'link'));
  await symlink(join(root, 'lib'), join(root, 'to-lib'));
  const refused = ['notebooks', 'lib', 'lib/new/x', 'scripts', 'tests/a', 'to-lib/x', '.', '../link', '../link/lib'];
  const taken = ['outputs', 'new/x', 'data', 'lib-2', '..', '../results', 'lib/../outputs', '..lib', '/'];
  const { placeAmongSources } = (await import(MODULE)) as OutputsPlace;
  for (const place of [...refused, ...taken]) {
    const found = placeAmongSources(resolve(root, place), root);
    assert.equal(found, refusal(resolve(root, place), root), place);
    assert.equal(found !== undefined, refused.includes(place), place);
  }
});
