/** The only place that loads face-api: its networks run on the same TensorFlow as everything else. */

import { dirname, join } from 'node:path';
// Before face-api, which takes the same package from node_modules: one TensorFlow, with what newer Nodes need.
import '../tensorflow/load';
import type { tf } from '../tensorflow/load';

/** What a network of face-api takes: pictures [height, width, 3], red, green, blue, 0 to 255. */
type NetInput = object;

interface Network<Output> {
  loadFromDisk(folder: string): Promise<void>;
  forwardInput(input: NetInput): Output;
}

interface FaceApi {
  NetInput: new (pictures: tf.Tensor3D[]) => NetInput;
  nets: {
    ssdMobilenetv1: Network<{ boxes: tf.Tensor2D[]; scores: tf.Tensor1D[] }>;
    faceLandmark68Net: Network<tf.Tensor2D>;
    ageGenderNet: Network<{ gender: tf.Tensor2D }>;
  };
}

/** face-api's networks, as functions of tensors. Each call inside `tf.tidy`. */
export interface FaceNetworks {
  /** One picture of 512 x 512: boxes [n, 4] (top, left, bottom, right, as shares of it) and scores [n]. */
  detect: (picture: tf.Tensor3D) => { boxes: tf.Tensor2D; scores: tf.Tensor1D };
  /** Pictures of 112 x 112: 68 points each [n, 136] (x, y, ...), as shares of the picture. */
  landmarks: (pictures: tf.Tensor3D[]) => tf.Tensor2D;
  /** Pictures of any size: male, female [n, 2], adding up to 1. Only for comparison with our own model. */
  gender: (pictures: tf.Tensor3D[]) => tf.Tensor2D;
}

/** Name and version of the package, for tables. */
export const FACE_API = '@vladmandic/face-api 1.7.15';

let loaded: Promise<FaceNetworks> | undefined;

/**
 * Loads detector, landmarks and gender network with the weights in the package (MIT licence); once in a process.
 * @returns the networks
 * @throws  the file system's own error where the package is incomplete
 */
export function loadFaceNetworks(): Promise<FaceNetworks> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<FaceNetworks> {
  const folder = join(dirname(require.resolve('@vladmandic/face-api/package.json')), 'model');
  const module = (await import('@vladmandic/face-api/dist/face-api.node-gpu.js')) as unknown as {
    default: FaceApi;
  };
  const { NetInput, nets } = module.default;
  const { ssdMobilenetv1, faceLandmark68Net, ageGenderNet } = nets;
  for (const network of [ssdMobilenetv1, faceLandmark68Net, ageGenderNet]) await network.loadFromDisk(folder);
  return {
    detect(picture) {
      const { boxes, scores } = ssdMobilenetv1.forwardInput(new NetInput([picture]));
      return { boxes: boxes[0], scores: scores[0] };
    },
    landmarks: (pictures) => faceLandmark68Net.forwardInput(new NetInput(pictures)),
    gender: (pictures) => ageGenderNet.forwardInput(new NetInput(pictures)).gender,
  };
}
