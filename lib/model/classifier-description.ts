/** What is kept beside a model's weights, and how it is stored. */

import type { PhotoFormat } from '../photos/photo-format';

/** What is kept beside the weights. */
export interface ClassifierDescription {
  /** Names of the classes, in the order of the model's outputs. */
  classNames: string[];
  /** How a photo becomes the model's input; the same for training, test and prediction. */
  format: PhotoFormat;
  /** The attribute that was learned, or `class` for class folders. */
  attribute: string;
  /** Short name of the dataset it was trained on. */
  datasetName: string;
  /** True where it was trained on drawings, the sample set: then it knows little of photos. */
  drawn: boolean;
  /** The last layer: `sigmoid` units judge each for itself, `softmax` outputs add up to 1. */
  head: 'sigmoid' | 'softmax';
}

/** Size and checksum of one of the model's files, so that damage is seen before TensorFlow stumbles over it. */
export interface FileSeal {
  sizeBytes: number;
  sha256: string;
}

/** classifier.json as it is stored. */
export interface ClassifierFile extends ClassifierDescription {
  /** Raised when a reader of the old layout couldn't read the new one. */
  formatVersion: 1;
  /** What wrote it. */
  savedWith: { tfjs: string; node: string };
  /** By file name. */
  files: Record<string, FileSeal>;
}

/** Files of a saved model as TensorFlow.js names them. */
export const MODEL_FILES = ['model.json', 'weights.bin'] as const;
