import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { InputError, vgg16 } from 'celeba-lab';
import { readKerasFile } from 'celeba-lab/dist/vgg16/imagenet';
import { writeKerasFile } from './source-files';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keras-file-'));
});
after(() => rm(folder, { recursive: true }));

test("readKerasFile reads the 26 tensors from a file in the official one's layout", async () => {
  const file = join(folder, 'official.h5');
  const convolutions = await vgg16.readImagenetWeights();
  await writeKerasFile(file, convolutions);
  const read = await readKerasFile(file);
  assert.ok(Buffer.from(vgg16.joinTensors(read)).equals(vgg16.joinTensors(convolutions)));
  assert.deepEqual(
    read.map(({ layer, kernelShape }) => [layer, kernelShape]),
    convolutions.map(({ layer, kernelShape }) => [layer, kernelShape]),
  );
});

test('readKerasFile names the tensor that a file lacks', async () => {
  const file = join(folder, 'twelve.h5');
  await writeKerasFile(file, (await vgg16.readImagenetWeights()).slice(0, 12));
  await assert.rejects(readKerasFile(file), (error) => {
    assert.ok(error instanceof InputError);
    return /twelve\.h5, block5_conv3\/block5_conv3_W_1:0: found nothing/.test(error.message);
  });
});

test('readKerasFile names the tensor that has another shape', async () => {
  const file = join(folder, 'shape.h5');
  const [first, ...others] = await vgg16.readImagenetWeights();
  await writeKerasFile(file, [{ ...first, kernelShape: [3, 3, 64, 3] }, ...others]);
  await assert.rejects(
    readKerasFile(file),
    /found values of shape \[3, 3, 64, 3\], expected float32.* \[3, 3, 3, 64\]/,
  );
});
