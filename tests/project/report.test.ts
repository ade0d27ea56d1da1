import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { project } from 'celeba-lab';

test('updateReport adds parts and keeps those that are there', async (t) => {
  const outputs = await mkdtemp(join(tmpdir(), 'report-'));
  t.after(() => rm(outputs, { recursive: true }));
  assert.deepEqual(await project.readReport(outputs), {});
  await project.updateReport(outputs, { epochs: 3, train: { n: 10 } });
  await project.updateReport(outputs, { epochs: 4 });
  assert.deepEqual(await project.readReport(outputs), { epochs: 4, train: { n: 10 } });
});
