/** From a model's outputs for one photo or face to an answer, or to "can't tell". */

import type { Calibration, ClassifierDescription } from '../model/classifier-description';
import { argmax } from './argmax';
import { calibratedProbabilities } from './calibration';
import { softmax } from './logits';

/** What a model says of a photo or a face. */
export interface Answer {
  /** Name of the most likely class, also where `abstained` says not to rely on it. */
  label: string;
  /** Of that class: calibrated where the model is. */
  probability: number;
  /** Of all classes, in the order of the model's outputs. */
  probabilities: number[];
  /** True where the answer is "can't tell". */
  abstained: boolean;
  /** Why, where it abstains. */
  reason?: string;
}

// Beyond these a percentage near 100 has no more digits.
const MOST_DECIMALS = 14;

/**
 * Calibrates a model's outputs, takes the most likely class, and abstains where that isn't sure enough.
 * @param classifier what is kept beside its weights; without a calibration, outputs stay as they are and all are answered
 * @param outputs    of its units, by class index
 * @param fault      why not to answer, whatever the outputs; default none
 * @example          decide(classifier, [0.02, 0.99]) // { label: 'male', probability: 0.98, ..., abstained: false }
 */
export function decide(
  { head, classNames, calibration }: Pick<ClassifierDescription, 'head' | 'classNames' | 'calibration'>,
  outputs: number[],
  fault?: string,
): Answer {
  const probabilities = calibration ? calibratedProbabilities(outputs, head, calibration.temperature) : outputs;
  return answerWith(probabilities, classNames, calibration, fault);
}

/**
 * `decide` for logits, such as those of two classifiers together.
 * @param calibration fitted on such logits
 */
export function decideByLogits(
  { classNames, calibration }: { classNames: string[]; calibration: Calibration },
  logits: number[],
  fault?: string,
): Answer {
  return answerWith(softmax(logits, calibration.temperature), classNames, calibration, fault);
}

function answerWith(
  probabilities: number[],
  classNames: string[],
  calibration: Calibration | undefined,
  fault: string | undefined,
): Answer {
  const predicted = argmax(probabilities);
  const probability = probabilities[predicted];
  const reason = fault ?? doubtOf(probability, calibration);
  return {
    label: classNames[predicted],
    probability,
    probabilities,
    abstained: reason !== undefined,
    ...(reason !== undefined && { reason }),
  };
}

/**
 * Why an answer isn't sure enough.
 * @param probability calibrated, of the class that is most likely
 * @param calibration kept with the model; without it every answer is given
 * @returns           a few words; undefined where it is sure enough
 */
export function doubtOf(probability: number, calibration: Calibration | undefined): string | undefined {
  if (calibration === undefined || probability >= calibration.threshold) return undefined;
  if (calibration.threshold > 1) return 'unsure: too few answers to the validation photos were right';
  const [found, least] = percentsApart(probability, calibration.threshold);
  return `unsure: ${found} %, and answers begin at ${least} %`;
}

/** Both in percent, with as many decimals as tell them apart, one at least. */
function percentsApart(a: number, b: number): [string, string] {
  let decimals = 1;
  const shown = (share: number): string => (100 * share).toFixed(decimals);
  while (decimals < MOST_DECIMALS && shown(a) === shown(b)) decimals++;
  return [shown(a), shown(b)];
}
