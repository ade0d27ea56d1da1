/** The only place that loads face-api: its weights, in networks that run on the same TensorFlow as everything else. */

import { dirname, join } from 'node:path';
// Before face-api, which takes the same package from node_modules: one TensorFlow, with what newer Nodes need.
import '../tensorflow/load';
import type { tf } from '../tensorflow/load';
import { descriptorsOf, type DescriptorWeights } from './descriptor-graph';
import { detectorOf, type Candidate, type DetectorWeights } from './detector-graph';
import { landmarksOf, type LandmarkWeights } from './landmark-graph';

/** What a network of face-api takes: pictures [height, width, 3], red, green, blue, 0 to 255. */
type NetInput = object;

interface Network {
  loadFromDisk(folder: string): Promise<void>;
  dispose(): void;
}

interface FaceApi {
  NetInput: new (pictures: tf.Tensor3D[]) => NetInput;
  nets: {
    ssdMobilenetv1: Network & { params: DetectorWeights };
    faceLandmark68Net: Network & {
      params: Pick<LandmarkWeights, 'fc'>;
      faceFeatureExtractor: { params: LandmarkWeights['blocks'] };
    };
    faceRecognitionNet: Network & { params: DescriptorWeights };
    ageGenderNet: Network & { forwardInput(input: NetInput): { gender: tf.Tensor2D } };
  };
}

/** face-api's networks. */
export interface FaceNetworks {
  /** One picture of 512 x 512 or 256 x 256: where a face may be, for all places that are at least so sure. */
  detect: (picture: tf.Tensor3D, least: number) => Candidate[];
  /** One picture of 112 x 112: 68 points (x, y, ...), as shares of the picture. */
  landmarks: (picture: tf.Tensor3D) => Float32Array;
}

/** Pictures of any size: male, female [n, 2], adding up to 1. Called inside `tf.tidy`. */
export type GenderNetwork = (pictures: tf.Tensor3D[]) => tf.Tensor2D;

/** Pictures [n, 150, 150, 3], red, green, blue, 0 to 255, to descriptors [n, 128]: alike for photos of one person. */
export type DescriptorNetwork = (pictures: tf.Tensor4D) => tf.Tensor2D;

/**
 * Loads detector and landmark network with the weights in the package (MIT licence); once in a process.
 * @returns the networks
 * @throws  what `loadGraph` throws; the file system's own error where the package is incomplete
 */
export async function loadFaceNetworks(): Promise<FaceNetworks> {
  return { detect: await loadDetector(), landmarks: await loadLandmarks() };
}

/**
 * Loads the recognition network with the weights in the package (MIT licence; trained for dlib); once in a process.
 * @returns the network; the caller disposes of what it gives
 * @throws  what `loadGraph` throws; the file system's own error where the package is incomplete
 */
export function loadDescriptorNetwork(): Promise<DescriptorNetwork> {
  return loadDescriptors();
}

/**
 * Loads face-api's own gender network: only for comparison with our own model.
 * @throws the file system's own error where the package is incomplete
 */
export async function loadGenderNetwork(): Promise<GenderNetwork> {
  const { NetInput, nets } = await faceApi();
  await nets.ageGenderNet.loadFromDisk(modelFolder());
  return (pictures) => nets.ageGenderNet.forwardInput(new NetInput(pictures)).gender;
}

const loadDetector = once(async () => {
  const { ssdMobilenetv1 } = (await faceApi()).nets;
  return withWeights(ssdMobilenetv1, () => detectorOf(ssdMobilenetv1.params));
});

const loadLandmarks = once(async () => {
  const { faceLandmark68Net } = (await faceApi()).nets;
  return withWeights(faceLandmark68Net, () => {
    const { faceFeatureExtractor, params } = faceLandmark68Net;
    return landmarksOf({ blocks: faceFeatureExtractor.params, fc: params.fc });
  });
});

const loadDescriptors = once(async () => {
  const { faceRecognitionNet } = (await faceApi()).nets;
  return withWeights(faceRecognitionNet, () => descriptorsOf(faceRecognitionNet.params));
});

/** Loads at the first call; a failure isn't kept, for what was in the way may be mended by the next one. */
function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => {
    loaded ??= load().catch((error: unknown) => {
      loaded = undefined;
      throw error;
    });
    return loaded;
  };
}

/** Frees face-api's weights once a graph has them, or can't be made. */
async function withWeights<T>(network: Network, makeGraph: () => Promise<T>): Promise<T> {
  await network.loadFromDisk(modelFolder());
  try {
    return await makeGraph();
  } finally {
    network.dispose();
  }
}

function modelFolder(): string {
  return join(dirname(require.resolve('@vladmandic/face-api/package.json')), 'model');
}

async function faceApi(): Promise<FaceApi> {
  const module = (await import('@vladmandic/face-api/dist/face-api.node-gpu.js')) as unknown as { default: FaceApi };
  return module.default;
}
