/** The callback before all others: a training takes its outputs folder before any of them writes into it. */

import { tf } from '../tensorflow/load';

/** Must be the first callback; a second training that is refused has then changed nothing. */
export class RunLock extends tf.Callback {
  /** @param take takes the folder, or throws */
  constructor(private readonly take: () => Promise<void>) {
    super();
  }

  override async onTrainBegin(): Promise<void> {
    await this.take();
  }
}
