/** Counts the batches of an epoch against the number that a callback was told. */

import { checkCount } from '../check-count';
import { InputError } from '../errors';

/** For callbacks that do something after the last batch of an epoch: with a wrong number they would do it at the wrong time or never. */
export class EpochSteps {
  private done = 0;

  /**
   * @param stepsPerEpoch batches in an epoch
   * @throws              InputError where it is no whole number from 1
   */
  constructor(private readonly stepsPerEpoch: number) {
    checkCount('stepsPerEpoch', stepsPerEpoch);
  }

  /** At the epoch's begin. */
  begin(): void {
    this.done = 0;
  }

  /**
   * At the end of a batch.
   * @param batch counted from 0
   * @returns     whether it is the epoch's last
   * @throws      InputError where the epoch has more batches
   */
  isLast(batch: number): boolean {
    this.done = batch + 1;
    if (this.done > this.stepsPerEpoch) throw this.refusal(`batch ${this.done}`);
    return this.done === this.stepsPerEpoch;
  }

  /**
   * At the epoch's end.
   * @param stopped whether training was asked to stop, which may cut it short
   * @throws        InputError where the epoch had fewer batches
   */
  end(stopped: boolean): void {
    if (!stopped && this.done < this.stepsPerEpoch) throw this.refusal(`the epoch's end after batch ${this.done}`);
  }

  private refusal(found: string): InputError {
    return new InputError({
      where: 'stepsPerEpoch',
      found,
      expected: `${this.stepsPerEpoch} batches in each epoch`,
      remedy: 'Set it to ceil(photos * viewsPerEpoch / batchSize)',
    });
  }
}
