import assert from 'node:assert/strict';
import { test } from 'node:test';
import { photos } from 'celeba-lab';
import { progressiveScans } from 'celeba-lab/dist/photos/jpeg-header';
import { noise } from './write-photos';

test('decodePhoto refuses a JPEG of more scans than a picture needs, of which each goes over all pixels', async () => {
  const jpeg = await noise(64, 64).jpeg({ progressive: true }).toBuffer();
  const scan = jpeg.lastIndexOf(Buffer.from([0xff, 0xda]));
  const again = (times: number): Buffer =>
    Buffer.concat([jpeg.subarray(0, -2), ...Array<Buffer>(times).fill(jpeg.subarray(scan, -2)), jpeg.subarray(-2)]);
  assert.equal(progressiveScans(again(20), 100), progressiveScans(jpeg, 100) + 20);
  const words = /photo: found a JPEG picture of more than 100 scans, expected a JPEG, .*\. Open it and save it anew\.$/;
  await assert.rejects(photos.decodePhoto(again(100)), words);
  // Before a marker decoders pass over filling, and what doesn't belong there.
  const behindFirst = 4 + jpeg.readUInt16BE(4);
  for (const between of [[0xff], [7], [0xff, 1]]) {
    const [before, after] = [again(100).subarray(0, behindFirst), again(100).subarray(behindFirst)];
    await assert.rejects(photos.decodePhoto(Buffer.concat([before, Buffer.from(between), after])), words);
  }
  // Behind the picture's end, phones append others.
  assert.equal((await photos.decodePhoto(Buffer.concat([jpeg, again(100)]))).width, 64);
});
