import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { mapInFlight } from 'celeba-lab/dist/photos/map-in-flight';
import { listenAsKernel } from '../interrupts/listen-as-kernel';

const ITEMS = Array.from({ length: 100 }, (_, i) => i);

test('mapInFlight keeps the order of the items, whichever is done first, and counts them', async () => {
  const told: number[] = [];
  const slowFirst = async (i: number) => {
    for (let turns = 8 - (i % 8); turns > 0; turns--) await setImmediate();
    return 2 * i;
  };
  const doubled = await mapInFlight(ITEMS, slowFirst, (done) => told.push(done));
  assert.deepEqual(
    doubled,
    ITEMS.map((i) => 2 * i),
  );
  assert.deepEqual(
    told,
    ITEMS.map((i) => i + 1),
  );
});

test('mapInFlight begins nothing more after a failure', async () => {
  const begun: number[] = [];
  const work = async (i: number): Promise<void> => {
    begun.push(i);
    await setImmediate();
    if (i === 10) throw new Error('broken');
  };
  await assert.rejects(mapInFlight(ITEMS, work), /broken/);
  for (let turns = 0; turns < 100; turns++) await setImmediate();
  assert.ok(begun.length < 30, `${begun.length} begun`);
});

test('mapInFlight, interrupted where a kernel listens, begins nothing more and says how far it came', async (t) => {
  const { heard } = listenAsKernel(t);
  let begun = 0;
  const work = async (i: number): Promise<void> => {
    begun++;
    await setImmediate();
    if (i === 10) process.kill(process.pid, 'SIGINT');
  };
  const stopped = /^Stopped: Stopped by the user after \d+ of 100 photos; run the cell again to begin anew/;
  let told = 0;
  await assert.rejects(
    mapInFlight(ITEMS, work, () => told++),
    stopped,
  );
  assert.ok(begun < 50, `${begun} begun`);
  // Nothing goes on behind whoever has waited.
  const seen = [begun, told];
  for (let turns = 0; turns < 50; turns++) await setImmediate();
  assert.deepEqual([begun, told], seen);
  assert.equal(heard(), 0);
});
