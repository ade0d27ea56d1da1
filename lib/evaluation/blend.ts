/** Two opinions on one photo: the network's outputs, and another classifier's logits, added up. */

import type { ClassifierDescription } from '../model/classifier-description';
import { calibratedLosses, clippedLogit, fitTemperature, type LabelledOutputs } from './calibration';

type Head = ClassifierDescription['head'];

/** A prediction beside what another classifier says of the same photo. */
export interface JudgedOutputs extends LabelledOutputs {
  /** Logits of the other classifier, by class index. */
  opinion: number[];
}

// How much a second opinion may count, as a factor on its logits. 0 leaves it out.
const SHARES = [0, 0.25, 0.5, 1, 2, 4, 8];

/**
 * Adds another classifier's logits to those behind a model's outputs: the product of both probabilities, each to the power of its share.
 * @param outputs of the model's units, by class index, each 0 to 1
 * @param head    `sigmoid`: each unit's logit is log(p / (1 - p)); `softmax`: log(p)
 * @param opinion the other's logits, by class index; what is added to all of them alike changes nothing
 * @param share   factor on the opinion; 0 gives the outputs back, but for rounding
 * @returns       outputs of the same kind, to be calibrated like the model's own
 * @source        G. Hinton, Training Products of Experts by Minimizing Contrastive Divergence, Neural Computation 14 (2002)
 * @example       blendOutputs([0.4, 0.6], 'sigmoid', [3, -3], 1) // [0.93, 0.07]
 */
export function blendOutputs(
  outputs: readonly number[],
  head: Head,
  opinion: readonly number[],
  share: number,
): number[] {
  const middle = opinion.reduce((sum, logit) => sum + logit, 0) / opinion.length;
  const logits = outputs.map((output, k) => clippedLogit(output, head) + share * (opinion[k] - middle));
  if (head === 'sigmoid') return logits.map((logit) => 1 / (1 + Math.exp(-logit)));
  const largest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** Options of `fitShare`. */
export interface FitShareOptions {
  /**
   * Takes the largest share whose loss is within one standard error of the lowest: for a second opinion that is known to hold better
   * on photos from elsewhere than validation photos, which are like the training photos, can show. Default false.
   */
  lean?: boolean;
}

/**
 * How much a second opinion should count: of a few shares the one whose cross-entropy, after calibration, is lowest.
 * @param rows validation photos, at least two, which trained neither classifier
 * @param head of the model
 * @returns    0, 0.25, 0.5, 1, 2, 4 or 8
 * @source     `lean`: the one-standard-error rule of T. Hastie, R. Tibshirani, J. Friedman, The Elements of Statistical Learning, section 7.10
 * @example    const share = fitShare(rows, 'sigmoid', { lean: true });
 */
export function fitShare(rows: readonly JudgedOutputs[], head: Head, { lean = false }: FitShareOptions = {}): number {
  const tried = SHARES.map((share) => {
    const blended = rows.map(({ probabilities, label, opinion }) => ({
      probabilities: blendOutputs(probabilities, head, opinion, share),
      label,
    }));
    return { share, ...meanAndError(calibratedLosses(blended, head, fitTemperature(blended, head))) };
  });
  const lowest = tried.reduce((best, one) => (one.mean < best.mean ? one : best));
  // Where not even a little of it helps, it isn't known to hold anywhere.
  if (!lean || lowest.share === 0) return lowest.share;
  const near = tried.filter(({ mean }) => mean <= lowest.mean + lowest.error);
  return near[near.length - 1].share;
}

function meanAndError(losses: readonly number[]): { mean: number; error: number } {
  const { length } = losses;
  const mean = losses.reduce((sum, loss) => sum + loss, 0) / length;
  const squares = losses.reduce((sum, loss) => sum + (loss - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / (length - 1) / length) };
}
