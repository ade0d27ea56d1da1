import assert from 'node:assert/strict';
import fsPromises from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { project } from 'celeba-lab';
import { listNotebooks } from '../../../scripts/start/notebook-file';

test('listNotebooks says that there is no notebook where the folder is missing or a file', async () => {
  const file = project.projectPath('package.json');
  for (const folder of [join(file, '..', 'no-such-folder'), file])
    await assert.rejects(listNotebooks(folder), /found no notebook, expected files named like 01-celeba\.ipynb/);
});

test('listNotebooks takes a folder that cannot be read for no empty one', async (t) => {
  const answer = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }));
  const refused = t.mock.method(fsPromises, 'readdir', answer('EACCES'));
  await assert.rejects(listNotebooks('/notebooks'), /\/notebooks: found a folder that may not be read/);
  refused.mock.mockImplementation(answer('EIO'));
  await assert.rejects(listNotebooks('/notebooks'), { code: 'EIO' });
});
