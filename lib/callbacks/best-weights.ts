/** A copy of a model's weights, kept outside TensorFlow. */

import type { PartState, Stateful } from '../run-state';
import { tf } from '../tensorflow/load';

/** Remembers weights and puts them back. Arrays, not tensors: a run that ends with an error leaks nothing. */
export class BestWeights implements Stateful {
  private kept: Float32Array[] = [];

  /** Whether there is something to put back. */
  get isEmpty(): boolean {
    return this.kept.length === 0;
  }

  /** Copies the model's weights, trainable or not, over what was kept before. */
  async keep(model: tf.LayersModel): Promise<void> {
    this.kept = await Promise.all(model.getWeights().map((weight) => weight.data<'float32'>()));
  }

  /** Writes the kept weights into the model; without any, the model stays as it is. */
  restore(model: tf.LayersModel): void {
    if (this.isEmpty) return;
    tf.tidy(() => {
      const shapes = model.getWeights().map((weight) => weight.shape);
      model.setWeights(shapes.map((shape, index) => tf.tensor(this.kept[index], shape)));
    });
  }

  saveState(): PartState {
    return { arrays: this.kept };
  }

  loadState({ arrays = [] }: PartState): void {
    this.kept = arrays;
  }

  /** Lets the copy go. */
  forget(): void {
    this.kept = [];
  }
}
