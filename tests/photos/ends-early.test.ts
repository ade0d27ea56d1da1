import assert from 'node:assert/strict';
import { test } from 'node:test';
import { photos } from 'celeba-lab';
import { endsEarly } from 'celeba-lab/dist/photos/ends-early';
import { noise } from './write-photos';

for (const format of ['jpeg', 'png', 'webp', 'gif', 'avif'] as const) {
  test(`endsEarly tells a ${format} picture that was cut from a whole one`, async () => {
    const whole = await noise(64, 64).toFormat(format).toBuffer();
    assert.equal(endsEarly(whole), false);
    for (const part of [0.5, 0.9]) assert.equal(endsEarly(whole.subarray(0, whole.length * part)), true);
    assert.equal(endsEarly(whole.subarray(0, whole.length - 1)), true);
  });
}

test('endsEarly is not misled by the end of a preview inside the header of a JPEG', async () => {
  const whole = await noise(64, 64).jpeg().toBuffer();
  const preview = Buffer.concat([Buffer.from([0xff, 0xe1, 0, 6]), Buffer.from([1, 2, 0xff, 0xd9])]);
  const cut = Buffer.concat([whole.subarray(0, 2), preview, whole.subarray(2, whole.length - 40)]);
  assert.equal(endsEarly(cut), true);
});

test('endsEarly says nothing of what is no picture', () => {
  assert.equal(endsEarly(Buffer.from('<html>no photo</html>')), false);
});

test('decodePhoto gives the same reason for a cut photo, whatever else is being decoded', async () => {
  const cut = (await noise(64, 64).jpeg().toBuffer()).subarray(0, 2000);
  const damaged = Buffer.from('not a picture at all \u0000');
  const reasons = await Promise.all(
    Array.from({ length: 200 }, (_, i) =>
      photos.decodePhoto(i % 2 ? cut : damaged).then(
        () => 'decoded',
        (error: Error) => error.message.replace(/,.*/, ''),
      ),
    ),
  );
  assert.deepEqual([...new Set(reasons)].sort(), [
    'photo: found a file that ends early',
    'photo: found no picture that can be read',
  ]);
});
