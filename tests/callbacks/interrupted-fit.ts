/** A process that trains and interrupts itself with real signals; prints what came of it as JSON. Run by interruptible.test.ts. */

import { setTimeout as delay } from 'node:timers/promises';
import { callbacks, tf } from 'celeba-lab';
import { tinyBatches, tinyModel, weightsOf } from './tiny-training';

const EPOCHS = 4;
const STEPS = 6;
const VALIDATION_STEPS = 4;

/** What came of one interrupted training. */
export interface Outcome {
  /** At which batch (training and validation counted together) the signal was sent. */
  point: number;
  /** Batches begun after the signal, of training or validation. */
  batchesAfter: number;
  /** Lengths of the history's arrays, one for each log name. */
  historyLengths: number[];
  wholeEpochs: number;
  /** Whether the weights at the end are those of the best whole epoch; true where there is none. */
  bestRestored: boolean;
  lines: string[];
  /** Batches that were still made 20 ms after the end. */
  batchesBehind: number;
  error?: string;
}

/** Notes the weights at the end of each whole epoch; handed to fit after the interrupt. */
class Snapshots extends tf.Callback {
  readonly epochs: { loss: number; weights: number[][] }[] = [];

  override async onEpochEnd(_epoch: number, logs: Record<string, number | tf.Scalar> = {}): Promise<void> {
    await delay(1);
    if ('val_loss' in logs) this.epochs.push({ loss: logs.val_loss as number, weights: weightsOf(this.model) });
  }

  restoredIn(model: tf.LayersModel): boolean {
    if (this.epochs.length === 0) return true;
    const best = this.epochs.reduce((a, b) => (b.loss < a.loss ? b : a));
    return JSON.stringify(best.weights) === JSON.stringify(weightsOf(model));
  }
}

/** Interrupts a training at its `point`-th batch, and a second time where `again` says so. */
export async function interruptAt(point: number, again: callbacks.Monitor | undefined = undefined): Promise<Outcome> {
  let batches = 0;
  let batchesAfter = 0;
  const counted = (source: tf.data.Dataset<tf.TensorContainer>) =>
    source.mapAsync(async (batch) => {
      batches += 1;
      if (batches > point) batchesAfter += 1;
      if (batches === point) process.kill(process.pid, 'SIGINT');
      return batch;
    });
  const model = tinyModel();
  const snapshots = new Snapshots();
  const lines: string[] = [];
  const outcome: Outcome = {
    point,
    batchesAfter,
    historyLengths: [],
    wholeEpochs: 0,
    bestRestored: false,
    lines,
    batchesBehind: 0,
  };
  try {
    const history = await callbacks.interruptible(
      (interrupt) =>
        model.fitDataset(counted(tinyBatches(STEPS)), {
          epochs: EPOCHS,
          verbose: 0,
          validationData: interrupt.watch(counted(tinyBatches(VALIDATION_STEPS))),
          callbacks: again ? [interrupt, snapshots, again] : [interrupt, snapshots],
        }),
      { print: (line) => lines.push(line) },
    );
    outcome.historyLengths = [history.epoch, ...Object.values(history.history)].map((values) => values.length);
  } catch (error) {
    outcome.error = (error as Error).name;
  }
  const batchesAtEnd = batches;
  await delay(20);
  Object.assign(outcome, { batchesAfter, wholeEpochs: snapshots.epochs.length, batchesBehind: batches - batchesAtEnd });
  outcome.bestRestored = snapshots.restoredIn(model);
  tf.dispose([model.getWeights()]);
  return outcome;
}

/** Sends a second signal after the batch in which the first arrived, then takes its time, or never ends. */
class Again extends callbacks.Monitor {
  private batches = 0;

  constructor(
    private readonly point: number,
    private readonly hangs: boolean,
  ) {
    super();
  }

  override async onBatchEnd(): Promise<void> {
    this.batches += 1;
    if (this.batches !== this.point) return;
    process.kill(process.pid, 'SIGINT');
    await delay(5);
    if (this.hangs) await delay(60_000, undefined, { ref: false });
  }

  protected override async judged(): Promise<void> {}
}

async function main(): Promise<void> {
  const kernelSignals: string[] = [];
  const kernelListener = (): void => void kernelSignals.push('SIGINT');
  process.on('SIGINT', kernelListener);
  const outcomes: Outcome[] = [];
  const [scenario, ...points] = process.argv.slice(2);
  // A signal under way keeps no process alive, and a callback that hangs does nothing else.
  const alive = setInterval(() => undefined, 1000);
  for (const point of points.map(Number)) {
    outcomes.push(await interruptAt(point, scenario === 'once' ? undefined : new Again(point, scenario === 'hanging')));
  }
  clearInterval(alive);
  const listenersKept = process.listeners('SIGINT').length === 1 && process.listeners('SIGINT')[0] === kernelListener;
  console.log(JSON.stringify({ outcomes, listenersKept, kernelSignals }));
}

void main();
