import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { InputError, vgg16 } from 'celeba-lab';

// First bias of each layer, as independent prints of the original network give them.
const FIRST_BIASES = [
  0.73429835, -0.30912212, -0.04577766, -0.06418542, -0.074358866, 0.019675018, 0.035415243, 0.013485669, 0.023680462,
  0.03757768, 0.09722325, 0.21327873, 0.18837857,
];

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weights-'));
});
after(() => rm(folder, { recursive: true }));

function refusal(words: RegExp): (error: unknown) => boolean {
  return (error) => error instanceof InputError && words.test(error.message);
}

test('readImagenetWeights gives 26 tensors with 14,714,688 values', async () => {
  const convolutions = await vgg16.readImagenetWeights();
  const tensors = convolutions.flatMap(({ kernel, bias }) => [kernel, bias]);
  assert.equal(tensors.length, 26);
  assert.equal(
    tensors.reduce((sum, { length }) => sum + length, 0),
    14714688,
  );
  for (const { kernel, kernelShape, bias } of convolutions) {
    assert.equal(kernel.length, kernelShape[0] * kernelShape[1] * kernelShape[2] * bias.length);
  }
});

test('readImagenetWeights gives the original values, kernels as [height, width, in, out]', async () => {
  const convolutions = await vgg16.readImagenetWeights();
  assert.deepEqual(
    convolutions.map(({ bias }) => bias[0]),
    FIRST_BIASES.map(Math.fround),
  );
  const { kernel } = convolutions[0];
  const printed = [0.42947057, 0.11727387, 0.55037946, 0.020877438, 0.4800154, -0.17269668];
  assert.deepEqual([kernel[0], kernel[1], kernel[64], kernel[65], kernel[128], kernel[129]], printed.map(Math.fround));
});

test('readImagenetWeights refuses a file in which one bit was changed', async () => {
  const file = join(folder, 'altered.bin');
  const bytes = await readFile(vgg16.IMAGENET_WEIGHTS_FILE);
  bytes[12345678] ^= 1;
  await writeFile(file, bytes);
  await assert.rejects(
    vgg16.readImagenetWeights(file),
    refusal(/altered\.bin: found checksum [0-9a-f]{64}, expected /),
  );
});

test('readImagenetWeights refuses a file that ends early', async () => {
  const file = join(folder, 'short.bin');
  await writeFile(file, (await readFile(vgg16.IMAGENET_WEIGHTS_FILE)).subarray(0, 1000));
  await assert.rejects(
    vgg16.readImagenetWeights(file),
    refusal(/short\.bin: found 1000 bytes, expected 58858752 bytes/),
  );
});

test('readImagenetWeights says how to get a file that is missing', async () => {
  const missing = join(folder, 'missing.bin');
  await assert.rejects(vgg16.readImagenetWeights(missing), refusal(/missing\.bin: found no file.*Run npm run setup/));
});

test('joinTensors gives back the bytes of the file', async () => {
  const bytes = vgg16.joinTensors(await vgg16.readImagenetWeights());
  assert.ok((await readFile(vgg16.IMAGENET_WEIGHTS_FILE)).equals(bytes));
});
