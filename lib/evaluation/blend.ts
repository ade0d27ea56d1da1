/** Two opinions on one photo: the logits behind the network's outputs, and another classifier's, added up. */

import { checkCount } from '../check-count';
import { InputError } from '../errors';
import type { ClassifierDescription } from '../model/classifier-description';
import { fitTemperature, type LabelledOutputs } from './calibration';
import { crossEntropies, logitsOf } from './logits';

type Head = ClassifierDescription['head'];

/** A prediction beside what another classifier says of the same photo. */
export interface JudgedOutputs extends LabelledOutputs {
  /** Logits of the other classifier, by class index. */
  opinion: number[];
}

// How much a second opinion may count, as a factor on its logits. 0 leaves it out.
const SHARES = [0, 0.25, 0.5, 1, 2, 4, 8];
// On fewer, the standard error is so wide that a weak opinion would count for much.
const LEAST_TO_LEAN = 200;

/**
 * Adds another classifier's logits to those behind a model's outputs: the product of both probabilities, each to the power of its share.
 * @param outputs of the model's units, by class index, each 0 to 1
 * @param head    of the model: says what its outputs are
 * @param opinion the other's logits, by class index; what is added to all of them alike changes nothing
 * @param share   factor on the opinion; 0 leaves the model's own logits
 * @returns       logits, to be calibrated by `calibrateLogits`
 * @throws        InputError where there are more or fewer outputs than logits
 * @source        G. Hinton, Training Products of Experts by Minimizing Contrastive Divergence, Neural Computation 14 (2002)
 * @example       blendLogits([0.5, 0.5], 'sigmoid', [3, -3], 2) // [6, -6]
 */
export function blendLogits(
  outputs: readonly number[],
  head: Head,
  opinion: readonly number[],
  share: number,
): number[] {
  if (opinion.length !== outputs.length) {
    throw new InputError({
      where: 'blendLogits',
      found: `${outputs.length} outputs and ${opinion.length} logits of the other classifier`,
      expected: 'as many of each as there are classes',
      remedy: 'Let both judge the same classes',
    });
  }
  const middle = opinion.reduce((sum, logit) => sum + logit, 0) / opinion.length;
  return logitsOf(outputs, head).map((logit, k) => logit + share * (opinion[k] - middle));
}

/** Options of `fitShare`. */
export interface FitShareOptions {
  /**
   * From 200 rows on, takes the largest share whose loss is within one standard error of the lowest, and not above that without a
   * second opinion. For an opinion that is expected to hold better on photos from elsewhere than validation photos can show:
   * these are like the training photos, and often the network's settings were chosen on them. Default false.
   */
  lean?: boolean;
}

/**
 * How much a second opinion should count: of a few shares the one whose cross-entropy, after calibration, is lowest.
 * @param rows validation photos, at least one, which trained neither classifier; where a photo comes again in another
 *             view, `lean` leans less, as the error of dependent rows comes out too small
 * @param head of the model
 * @returns    0, 0.25, 0.5, 1, 2, 4 or 8
 * @throws     InputError where there is no row
 * @source     `lean`: the one-standard-error rule of T. Hastie, R. Tibshirani, J. Friedman, The Elements of Statistical Learning,
 *             section 7.10
 * @example    const share = fitShare(rows, 'sigmoid', { lean: true });
 */
export function fitShare(rows: readonly JudgedOutputs[], head: Head, { lean = false }: FitShareOptions = {}): number {
  checkCount('rows', rows.length);
  const tried = SHARES.map((share) => {
    const blended = rows.map(({ probabilities, label, opinion }) => ({
      logits: blendLogits(probabilities, head, opinion, share),
      label,
    }));
    const losses = crossEntropies(blended, fitTemperature(blended));
    return { share, losses, mean: meanOf(losses) };
  });
  const [alone] = tried;
  const best = tried.reduce((lowest, one) => (one.mean < lowest.mean ? one : lowest));
  if (!lean || rows.length < LEAST_TO_LEAN) return best.share;
  const limit = Math.min(alone.mean, best.mean + standardError(best.losses));
  const near = tried.filter(({ mean }) => mean <= limit);
  return near[near.length - 1].share;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function standardError(values: readonly number[]): number {
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}
