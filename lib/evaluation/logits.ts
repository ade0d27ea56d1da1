/** Logits behind a model's outputs, and what becomes of them at a temperature. */

import type { ClassifierDescription } from '../model/classifier-description';

type Head = ClassifierDescription['head'];

/** What is known of a photo: logits by class index, and the class index of its label. */
export interface LabelledLogits {
  logits: number[];
  label: number;
}

// Outputs are float32: nearer to 0 or 1 than this they are rounding.
const LEAST = 1e-7;

/**
 * The logits behind a network's outputs, no further from 0 than float32 tells outputs from 0 and 1.
 * @param outputs of the model's units, each 0 to 1
 * @param head    `sigmoid`: each unit's logit is log(p / (1 - p)); `softmax`: log(p)
 */
export function logitsOf(outputs: readonly number[], head: Head): number[] {
  return outputs.map((output) => {
    const p = Math.min(1 - LEAST, Math.max(LEAST, output));
    return head === 'sigmoid' ? Math.log(p / (1 - p)) : Math.log(p);
  });
}

/**
 * Softmax of logits divided by a temperature.
 * @param temperature above 0
 * @returns           by class index; they add up to 1, and the largest logit's stays the largest
 */
export function softmax(logits: readonly number[], temperature: number): number[] {
  const scaled = logits.map((logit) => logit / temperature);
  const largest = Math.max(...scaled);
  const powers = scaled.map((logit) => Math.exp(logit - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/**
 * Cross-entropies of softmax at a temperature, computed from the logits, so that what is surely wrong has a loss in proportion.
 * @param target of the label's class; the rest belongs to all others together. Default 1
 * @returns      one for each row
 */
export function crossEntropies(rows: readonly LabelledLogits[], temperature: number, target = 1): number[] {
  return rows.map(({ logits, label }) => {
    const scaled = logits.map((logit) => logit / temperature);
    const all = logSumOfPowers(scaled);
    const others = logSumOfPowers(scaled.filter((_, k) => k !== label));
    return target * (all - scaled[label]) + (1 - target) * (all - others);
  });
}

function logSumOfPowers(logits: readonly number[]): number {
  const largest = Math.max(...logits);
  return largest + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - largest), 0));
}
