/** Loading of face-api's networks where something is in the way at first; in a process of its own, which has none loaded. */

import assert from 'node:assert/strict';
import fsPromises, { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { faces, tf } from 'celeba-lab';
import { SystemFault } from 'celeba-lab/dist/errors';
import { temporaryFolder } from '../../dataset/write-celeba';

/** Until the test ends, temporary files belong into a folder that isn't there. */
function missingTemporaryFolder(t: TestContext): string {
  const folder = join(temporaryFolder(t), 'missing');
  const before = tmpdir();
  process.env.TMPDIR = folder;
  t.after(() => void (process.env.TMPDIR = before));
  return folder;
}

/** What a call throws, a fault of the system. */
async function faultOf(call: Promise<unknown>): Promise<SystemFault> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof SystemFault, String(error));
  return error;
}

test('loadFaceNetworks goes on from the network that had no room, once there is some', async (t) => {
  const { writeFile } = fsPromises;
  let count = 0;
  t.mock.method(fsPromises, 'writeFile', (...args: Parameters<typeof writeFile>) => {
    if (++count > 1) throw Object.assign(new Error('ENOSPC: write'), { code: 'ENOSPC', syscall: 'write' });
    return writeFile(...args);
  });
  const before = tf.memory().numTensors;
  const { where, found, remedy } = await faultOf(faces.loadFaceNetworks());
  assert.deepEqual([where, found, count], [`temporary folder ${tmpdir()}`, 'a full disk', 2]);
  assert.match(remedy, /^Make room there and run again/);
  assert.equal(tf.memory().numTensors, before);
  count = 0;
  const { landmarks } = await faces.loadFaceNetworks();
  assert.equal(count, 1);
  assert.equal(landmarks(tf.zeros([112, 112, 3])).length, 136);
});

test('loadDescriptorNetwork names a temporary folder that is missing, and loads once it is there', async (t) => {
  const folder = missingTemporaryFolder(t);
  const before = tf.memory().numTensors;
  const { where, message } = await faultOf(faces.loadDescriptorNetwork());
  assert.equal(where, `temporary folder ${folder}`);
  assert.match(message, /found a place that can't be written to \(ENOENT: .*, or set TMPDIR to another folder\.$/);
  assert.equal(tf.memory().numTensors, before);
  await mkdir(folder);
  const describe = await faces.loadDescriptorNetwork();
  assert.deepEqual(describe(tf.zeros([1, 150, 150, 3])).shape, [1, 128]);
});
