/** face-api's detector as one TensorFlow graph: the same weights and boxes, in less time than operation by operation. */

import { GraphBuilder, loadGraph } from '../native';
import { tf } from '../tensorflow/load';
import { valuesOf } from '../tensorflow/values-of';

/** What the detector says of one place: edges as shares of the picture, and how sure it is, 0 to 1. */
export interface Candidate {
  edges: [top: number, left: number, bottom: number, right: number];
  score: number;
}

interface PointwiseWeights {
  filters: tf.Tensor4D;
  batch_norm_offset: tf.Tensor1D;
}

interface DepthwiseWeights {
  filters: tf.Tensor4D;
  batch_norm_scale: tf.Tensor1D;
  batch_norm_offset: tf.Tensor1D;
  batch_norm_mean: tf.Tensor1D;
  batch_norm_variance: tf.Tensor1D;
}

interface PredictorWeights {
  filters: tf.Tensor4D;
  bias: tf.Tensor1D;
}

type Of<Kind extends string, Weights> = Record<`${Kind}_${number}`, Weights>;

/** The detector's weights as face-api keeps them: SSD on MobileNet v1. */
export interface DetectorWeights {
  /** conv_0 has no depthwise part. */
  mobilenetv1: Of<'conv', PointwiseWeights | { depthwise_conv: DepthwiseWeights; pointwise_conv: PointwiseWeights }>;
  prediction_layer: Of<'conv', PointwiseWeights> &
    Of<'box_predictor', { box_encoding_predictor: PredictorWeights; class_predictor: PredictorWeights }>;
  /** Anchors [1, 5118, 4]: top, left, bottom, right, as shares of the picture. */
  output_layer: { extra_dim: tf.Tensor3D };
}

/** Sides of the pictures that the detector takes, in pixels. */
export const DETECTOR_SIDES = { small: 256, full: 512 } as const;

// Of the layers that tell boxes: cells a side in a full picture, and boxes a cell. One more has a single cell, for what fills a full
// picture: there is none for a part.
const LAYERS = [
  { cells: 32, boxes: 3 },
  { cells: 16, boxes: 6 },
  { cells: 8, boxes: 6 },
  { cells: 4, boxes: 6 },
  { cells: 2, boxes: 6 },
];
// A row: the box's distances from its anchor, then logits of nothing, face and a class that face-api doesn't use.
const [BOX, CLASSES] = [4, 3];
const ROW = BOX + CLASSES;
const FACE = BOX + 1;
const PAIRS = 13;
const HALVING = [2, 4, 6, 12];
const BRANCH = 11;
// Of its batch normalization.
const EPSILON = 0.001;
// SSD's own: distances of centres are kept times 10, logarithms of sizes times 5.
const [CENTRE_SCALE, SIZE_SCALE] = [10, 5];

/**
 * Makes the detector. A picture of 256 x 256 costs a quarter of one of 512 x 512, and is as good for faces as large in it.
 * @param weights face-api's, loaded
 * @returns       takes one picture [side, side, 3] (red, green, blue, 0 to 255; side 256 or 512) and the least score; gives what is
 *                surer, in the anchors' order; throws a RangeError for another side
 * @source        github.com/vladmandic/face-api, src/ssdMobilenetv1; W. Liu et al., SSD: Single Shot MultiBox Detector, ECCV 2016
 */
export async function detectorOf(
  weights: DetectorWeights,
): Promise<(picture: tf.Tensor3D, least: number) => Candidate[]> {
  const builder = new GraphBuilder([null, null, null, 3]);
  const rows = await rowsFrom(builder, weights);
  const graph = await loadGraph(builder.build(rows, [null, null, ROW]));
  const full = await weights.output_layer.extra_dim.data<'float32'>();
  const anchorsBySide = new Map<number, Float32Array>([
    [DETECTOR_SIDES.full, full],
    [DETECTOR_SIDES.small, anchorsOfPart(full, DETECTOR_SIDES.small / DETECTOR_SIDES.full)],
  ]);
  return (picture, least) => {
    const anchors = anchorsBySide.get(picture.shape[0]);
    if (anchors === undefined || picture.shape[1] !== picture.shape[0])
      throw new RangeError(`detector: found a picture of ${picture.shape.join(' x ')}, expected a side of 256 or 512`);
    const said = valuesOf(() => graph.predict(picture.expandDims(0)));
    return candidatesOf(said, anchors, least);
  };
}

/**
 * Anchors of a smaller picture: those in the upper left part of a full one, for the same layers go over both.
 * @param full  anchors of a full picture, as shares of it
 * @param share the smaller picture's side, as a share of the full one's
 * @returns     as shares of the smaller picture
 */
function anchorsOfPart(full: Float32Array, share: number): Float32Array {
  const kept: number[] = [];
  let at = 0;
  for (const { cells, boxes } of LAYERS) {
    const cellsKept = cells * share;
    for (let row = 0; row < cellsKept; row++) {
      const start = at + BOX * boxes * row * cells;
      kept.push(...full.subarray(start, start + BOX * boxes * cellsKept));
    }
    at += BOX * boxes * cells * cells;
  }
  return Float32Array.from(kept, (edge) => edge / share);
}

async function rowsFrom(graph: GraphBuilder, weights: DetectorWeights): Promise<string> {
  const { branch, last } = await backbone(graph, weights.mobilenetv1);
  const layers = weights.prediction_layer;
  const taps = [branch, last];
  let deeper = last;
  for (let i = 0; i < 8; i++) {
    deeper = await pointwise(graph, deeper, layers[`conv_${i}`], i % 2 === 1 ? 2 : 1);
    if (i % 2 === 1) taps.push(deeper);
  }
  const parts: string[] = [];
  for (const [i, tap] of taps.entries()) {
    const { box_encoding_predictor, class_predictor } = layers[`box_predictor_${i}`];
    const boxes = await predicted(graph, tap, box_encoding_predictor, BOX);
    const classes = await predicted(graph, tap, class_predictor, CLASSES);
    parts.push(graph.concat([boxes, classes], 2));
  }
  return graph.concat(parts, 1);
}

/** What a layer tells of each anchor, in rows of `length` numbers. */
async function predicted(
  graph: GraphBuilder,
  tap: string,
  { filters, bias }: PredictorWeights,
  length: number,
): Promise<string> {
  return graph.reshape(await graph.convolution(tap, { kernel: filters, bias, strides: [1, 1] }), [1, -1, length]);
}

/** MobileNet: its end, and the layer from which the smallest boxes are told. */
async function backbone(
  graph: GraphBuilder,
  weights: DetectorWeights['mobilenetv1'],
): Promise<{ branch: string; last: string }> {
  // From 0 to 255 to -1 to 1.
  const [scale, one] = [graph.numbers([1 / 127.5]), graph.numbers([1])];
  const scaled = graph.arithmetic('Sub', graph.arithmetic('Mul', graph.input, scale), one);
  let last = await pointwise(graph, scaled, weights.conv_0 as PointwiseWeights, 2);
  let branch = last;
  for (let i = 1; i <= PAIRS; i++) {
    const pair = weights[`conv_${i}`];
    if (!('depthwise_conv' in pair)) throw new TypeError(`face-api's detector: conv_${i} has no depthwise part`);
    last = await depthwise(graph, last, pair.depthwise_conv, HALVING.includes(i) ? 2 : 1);
    last = await pointwise(graph, last, pair.pointwise_conv, 1);
    if (i === BRANCH) branch = last;
  }
  return { branch, last };
}

function pointwise(graph: GraphBuilder, from: string, weights: PointwiseWeights, stride: number): Promise<string> {
  const { filters, batch_norm_offset } = weights;
  return graph.convolution(from, {
    ...{ kernel: filters, bias: batch_norm_offset, strides: [stride, stride] },
    activation: 'relu6',
  });
}

/** Batch normalization is a factor and a summand for each channel: they go into the kernel and a bias. */
async function depthwise(
  graph: GraphBuilder,
  from: string,
  weights: DepthwiseWeights,
  stride: number,
): Promise<string> {
  const { filters, batch_norm_scale, batch_norm_offset, batch_norm_mean, batch_norm_variance } = weights;
  const folded = tf.tidy(() => {
    const factor = batch_norm_scale.div<tf.Tensor1D>(batch_norm_variance.add(EPSILON).sqrt());
    return {
      kernel: filters.mul<tf.Tensor4D>(factor.reshape([1, 1, factor.size, 1])),
      bias: batch_norm_offset.sub<tf.Tensor1D>(batch_norm_mean.mul(factor)),
    };
  });
  const last = await graph.depthwiseConvolution(from, { ...folded, strides: [stride, stride], activation: 'relu6' });
  tf.dispose(folded);
  return last;
}

function candidatesOf(rows: Float32Array, anchors: Float32Array, least: number): Candidate[] {
  const candidates: Candidate[] = [];
  for (let i = 0; i < anchors.length / BOX; i++) {
    const score = 1 / (1 + Math.exp(-rows[ROW * i + FACE]));
    if (score >= least) candidates.push({ edges: edgesOf(rows, anchors, i), score });
  }
  return candidates;
}

function edgesOf(rows: Float32Array, anchors: Float32Array, i: number): Candidate['edges'] {
  const [top, left, bottom, right] = anchors.subarray(BOX * i, BOX * (i + 1));
  const [down, across, taller, wider] = rows.subarray(ROW * i, ROW * i + BOX);
  const [height, width] = [bottom - top, right - left];
  const [middle, centre] = [
    top + height / 2 + (down / CENTRE_SCALE) * height,
    left + width / 2 + (across / CENTRE_SCALE) * width,
  ];
  const halfHeight = (Math.exp(taller / SIZE_SCALE) * height) / 2;
  const halfWidth = (Math.exp(wider / SIZE_SCALE) * width) / 2;
  return [middle - halfHeight, centre - halfWidth, middle + halfHeight, centre + halfWidth];
}
