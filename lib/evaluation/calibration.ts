/** Probabilities that mean what they say, and a threshold below which no answer is given; fitted on validation photos. */

import { InputError } from '../errors';
import type { Calibration, ClassifierDescription } from '../model/classifier-description';
import { argmax } from './argmax';
import { crossEntropies, logitsOf, softmax, type LabelledLogits } from './logits';

/** What is needed of a prediction. */
export interface LabelledOutputs {
  /** Outputs of the model's units by class index, each 0 to 1. */
  probabilities: number[];
  /** Class index of the photo's label. */
  label: number;
}

/** Options of `calibrate`. */
export interface CalibrateOptions {
  /** Errors allowed among the answers, a share in (0, 1); default 0.01. */
  errorRate?: number;
}

type Head = ClassifierDescription['head'];

// Three to one. A rate over all answers lets guesses through where the other answers are sure.
const LEAST_SURE = 0.75;
// Where not even the surest validation photos may be answered, no probability reaches it.
const NO_ANSWER = 2;
// Softmax adds up the classes in their order: of three and more, the same outputs in another order differ in the last digit.
const EQUALLY_SURE = 1e-12;
const TEMPERATURES: [number, number] = [0.05, 20];
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * Fits the temperature, then the threshold.
 *
 * 1. The temperature is that of the lowest cross-entropy.
 * 2. The threshold is the lowest one at which at most `errorRate` of the answered validation photos is wrong, both as counted
 *    and as their calibrated probabilities expect. A few hundred photos hold a handful of errors; counted alone, the
 *    threshold would hang on where two or three of them happen to lie.
 * 3. Few answers can't show a low rate: n of them without an error show 1 / (n + 1). Where that is above `errorRate`, it takes
 *    its place, here and in what is kept. So with 49 photos, all right and sure, the rate is 1 / 50, and one error among them
 *    moves the threshold above it.
 * 4. The threshold is never below 0.75: a model that is nearly always right on photos like its own would otherwise answer all
 *    others, however unsure it is of them.
 * 5. Where no threshold keeps the rate it is 2, and no photo is answered.
 *
 * Photos that chose the epoch flatter both a little; take others where there are enough.
 * @param predictions validation photos of every class with their labels
 * @param head        of the model: says what its outputs are
 * @returns           to be kept with the model, by `model.amendClassifier`
 * @throws            InputError where there is no photo, a label is no class index of the outputs, or the rate is no share
 * @source            C. Guo et al., On Calibration of Modern Neural Networks, ICML 2017 (temperature);
 *                    Y. Geifman, R. El-Yaniv, Selective Classification for Deep Neural Networks, NIPS 2017 (answering the surest
 *                    photos up to a stated error rate)
 * @example           const calibration = calibrate(predictions, 'sigmoid'); // { temperature: 1.3, threshold: 0.81, ... }
 */
export function calibrate(
  predictions: readonly LabelledOutputs[],
  head: Head,
  options: CalibrateOptions = {},
): Calibration {
  const rows = predictions.map(({ probabilities, label }) => ({ logits: logitsOf(probabilities, head), label }));
  return calibrateLogits(rows, options);
}

/**
 * `calibrate` for logits, such as those of two classifiers together.
 * @param rows validation photos of every class with their labels
 */
export function calibrateLogits(
  rows: readonly LabelledLogits[],
  { errorRate = 0.01 }: CalibrateOptions = {},
): Calibration {
  check(rows, errorRate);
  const temperature = fitTemperature(rows);
  const answers = rows
    .map(({ logits, label }) => {
      const calibrated = softmax(logits, temperature);
      const predicted = argmax(calibrated);
      return { probability: calibrated[predicted], wrong: predicted !== label };
    })
    .sort((a, b) => b.probability - a.probability);
  const answered = mostAnswered(answers, errorRate);
  return {
    temperature,
    threshold: thresholdAfter(answers, answered),
    errorRate: answered === 0 ? errorRate : shownRate(answered, errorRate),
    photoCount: answers.length,
    unanswered: 1 - answered / answers.length,
  };
}

/**
 * A model's outputs as probabilities that add up to 1: softmax of its logits divided by the temperature.
 * @param outputs     of the model's units, each 0 to 1
 * @param head        `sigmoid`: each unit's logit is log(p / (1 - p)); `softmax`: log(p)
 * @param temperature above 0. At 1, outputs of `softmax` stay as they are; those of `sigmoid` units, each for itself, become one
 *                    distribution: [0.1, 0.9] becomes [0.012, 0.988]
 * @returns           by class index; the largest output stays the largest
 * @example           calibratedProbabilities([0.1, 0.9], 'sigmoid', 2) // [0.1, 0.9]
 */
export function calibratedProbabilities(outputs: readonly number[], head: Head, temperature: number): number[] {
  return softmax(logitsOf(outputs, head), temperature);
}

/**
 * The temperature of the lowest cross-entropy. Where that is below 1, which makes the model surer than it is, labels are smoothed
 * as if one photo more had been wrong: photos without an error would send it to 0, and few of them bear out no answer of 100 %.
 * Source of that smoothing: J. Platt, Probabilistic Outputs for Support Vector Machines, 1999, section 2.2.
 */
export function fitTemperature(rows: readonly LabelledLogits[]): number {
  const plain = lowestLoss(rows, 1);
  const { length } = rows;
  return plain >= 1 ? plain : lowestLoss(rows, (length + 1) / (length + 2));
}

/** Golden-section search on the logarithm of the temperature; the cross-entropy, convex in 1 / temperature, has one minimum there. */
function lowestLoss(rows: readonly LabelledLogits[], target: number): number {
  const loss = (logTemperature: number): number =>
    crossEntropies(rows, Math.exp(logTemperature), target).reduce((sum, one) => sum + one, 0);
  let [low, high] = TEMPERATURES.map(Math.log);
  for (let step = 0; step < 40; step++) {
    const [a, b] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)];
    if (loss(a) < loss(b)) high = b;
    else low = a;
  }
  return Math.exp((low + high) / 2);
}

interface Answer {
  probability: number;
  wrong: boolean;
}

/** How many of the surest may be answered, so that their errors, counted and expected, keep to the rate that so many can show. */
function mostAnswered(answers: readonly Answer[], errorRate: number): number {
  let errors = 0;
  let expected = 0;
  let most = 0;
  answers.forEach(({ probability, wrong }, i) => {
    expected += 1 - probability;
    if (wrong) errors++;
    // Answers that are equally sure are given together, or not.
    if (i + 1 < answers.length && probability - answers[i + 1].probability < EQUALLY_SURE) return;
    if (probability < LEAST_SURE) return;
    if (Math.max(errors, expected) <= shownRate(i + 1, errorRate) * (i + 1)) most = i + 1;
  });
  return most;
}

/** The rate that was asked for or, where so few answers can't show it, the lowest that they can; of theirs it allows no error. */
function shownRate(answered: number, errorRate: number): number {
  return Math.max(errorRate, 1 / (answered + 1));
}

/** Halfway between the last that is answered and the first that isn't, or the least that is sure enough. */
function thresholdAfter(answers: readonly Answer[], answered: number): number {
  if (answered === 0) return NO_ANSWER;
  const last = answers[answered - 1].probability;
  const next = answers[answered]?.probability ?? 0;
  return Math.max(LEAST_SURE, answered === answers.length ? 0 : (last + next) / 2);
}

function check(rows: readonly LabelledLogits[], errorRate: number): void {
  if (rows.length === 0) throw refusal('no photo', 'validation photos');
  const odd = rows.find(({ logits, label }) => !Number.isFinite(logits[label]));
  if (odd !== undefined) throw refusal(`label ${odd.label} beside logits ${odd.logits.join(', ')}`, 'a number for it');
  if (!(errorRate > 0 && errorRate < 1)) throw refusal(`errorRate ${errorRate}`, 'a share between 0 and 1');
}

function refusal(found: string, expected: string): InputError {
  const remedy = 'Give the predictions of the validation photos, and a rate such as 0.01';
  return new InputError({ where: 'calibrate', found, expected, remedy });
}
