import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stoppable } from 'celeba-lab/dist/interrupts';
import { listenAsKernel } from './listen-as-kernel';

test('stoppable leaves the signal alone where nobody listens to it, as in a command', async () => {
  assert.equal(process.listenerCount('SIGINT'), 0);
  const heard = await stoppable(async (check) => {
    await check(() => 'never');
    return process.listenerCount('SIGINT');
  });
  assert.equal(heard, 0);
});

test('stoppable gives the signal back to whoever listened, also where the work fails', async (t) => {
  const { listener } = listenAsKernel(t);
  const failing = stoppable(() => {
    assert.ok(!process.listeners('SIGINT').includes(listener));
    return Promise.reject(new Error('no room'));
  });
  await assert.rejects(failing, /no room/);
  assert.deepEqual(process.listeners('SIGINT'), [listener]);
});

test('of two works under way together a stop ends both, and the signal is given back after the last', async (t) => {
  const { listener, heard } = listenAsKernel(t);
  const work = () =>
    stoppable(async (check) => {
      for (;;) await check(() => 'early');
    });
  const both = [work(), work()].map((one) => assert.rejects(one, { name: 'Stopped' }));
  setImmediate(() => process.kill(process.pid, 'SIGINT'));
  await Promise.all(both);
  assert.deepEqual([process.listeners('SIGINT'), heard()], [[listener], 0]);
});
