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
  /** Its split: `official`, `article` or `random`; absent where whoever saved it didn't say. */
  split?: string;
  /** How that split divided the photos, see `dataset.splitDigest`; absent where whoever saved it didn't say. */
  splitDigest?: string;
  /** True where it was trained on drawings, the sample set: then it knows little of photos. */
  drawn: boolean;
  /** The last layer: `sigmoid` units judge each for itself, `softmax` outputs add up to 1. */
  head: 'sigmoid' | 'softmax';
  /** The recipe of its training: `article`, `scaled` or `improved`; absent for a recipe of your own. */
  recipe?: string;
  /** Whether an answer is the mean of the outputs for the photo and for its mirror image; default false. Not beside a second opinion. */
  testTimeFlip?: boolean;
  /** Where faces lie in the training photos; absent where none were found in them, or nobody looked. */
  frame?: FaceFrame;
  /** How outputs become probabilities, and from which on an answer is given; absent before it was fitted. */
  calibration?: Calibration;
  /** Another classifier that is asked about aligned faces, too; absent where it wasn't trained or didn't help. */
  secondOpinion?: SecondOpinion;
}

/** A point in a photo: x from its left edge, y from its upper edge, in pixels. */
export type Point = [x: number, y: number];

/** Where eyes, nose and mouth lie in the training photos, and what is usual there; measured by `faces.measureFrame`. */
export interface FaceFrame {
  /** Size of the training photos in pixels; a face is cut out in this size. */
  width: number;
  height: number;
  /** Mean place of left eye, right eye (as one looks at the photo), tip of the nose, left and right corner of the mouth. */
  points: [Point, Point, Point, Point, Point];
  /** How far a point lies from its mean place: root of the mean square over photos, eyes and mouth corners, in pixels. */
  spreadPx: number;
  /** Training photos looked at, and those in which a face was found. */
  photoCount: number;
  faceCount: number;
  /** Beyond these a photo is unlike nearly all training photos. */
  limits: {
    /** Mean distance of eyes and mouth corners from the frame, in pixels; 95 of 100 training photos lie below. */
    offsetPx: number;
    /** Size of the face by the frame's, as a factor above 1 however it differs; 95 of 100 training photos lie below. */
    scale: number;
    /** How far the nose lies aside of the middle of the eyes, in eye distances. */
    turn: number;
    /** Detail of the face, as `faces.sharpnessOf` measures it; less is a blurred face. */
    sharpness: number;
    /** Likeness to the mean training photo, as `faces.likenessOf` measures it, -1 to 1; less is something else. */
    likeness: number;
  };
  /** Mean edge layout of the training photos, see `faces.edgeLayout`. */
  meanEdges: number[];
}

/** How sure an answer must be, fitted on validation photos by `evaluation.calibrate`. */
export interface Calibration {
  /** Logits are divided by it before softmax: above 1 where the model is too sure of itself. */
  temperature: number;
  /** The lowest probability that is answered; below, the answer is "can't tell". 2 where nothing may be answered. */
  threshold: number;
  /** The error rate that the threshold keeps to on the validation photos, of those answered; a share, 0 to 1. */
  errorRate: number;
  /** Validation photos it was fitted on. */
  photoCount: number;
  /** Share of them that stays without an answer. */
  unanswered: number;
}

/** Class logits from a face's descriptor d, by face-api's recognition network: d x weights + biases. */
export interface SecondOpinion {
  /** A row for each of the descriptor's 128 numbers, a column for each class. */
  weights: number[][];
  /** By class. */
  biases: number[];
  /** Factor on its logits before they are added to the model's own, see `evaluation.blendLogits`. */
  share: number;
  /** Of what both say together; the model's own calibration is for the model alone. */
  calibration: Calibration;
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
