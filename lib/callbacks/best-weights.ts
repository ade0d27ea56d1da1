/** A copy of a model's weights, kept outside TensorFlow. */

import { loadWeights, weightsState, type PartState, type Stateful } from '../run-state';
import type { tf } from '../tensorflow/load';

/** Remembers weights and puts them back. Arrays, not tensors: a run that ends with an error leaks nothing. */
export class BestWeights implements Stateful {
  private kept: PartState | undefined;

  /** Whether there is something to put back. */
  get isEmpty(): boolean {
    return this.kept === undefined;
  }

  /** Copies the model's weights, trainable or not, over what was kept before. */
  async keep(model: tf.LayersModel): Promise<void> {
    this.kept = await weightsState(model);
  }

  /** Writes the kept weights into the model; without any, the model stays as it is. */
  restore(model: tf.LayersModel): void {
    if (this.kept) loadWeights(model, this.kept);
  }

  saveState(): PartState {
    return { arrays: this.kept?.arrays ?? [] };
  }

  loadState({ arrays = [] }: PartState): void {
    this.kept = arrays.length > 0 ? { arrays } : undefined;
  }

  /** Lets the copy go. */
  forget(): void {
    this.kept = undefined;
  }
}
