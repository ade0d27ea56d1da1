/** Callbacks for tfjs's fit and fitDataset: stop early, save the best, end on request, log to disk, show progress. */

export { EarlyStopping, type EarlyStoppingOptions } from './early-stopping';
export { EpochProgress, type EpochProgressOptions, type LiveDisplay, type TrainingView } from './epoch-progress';
export { Interrupt, StoppedAtOnce, type InterruptOptions } from './interrupt';
export { interruptible } from './interruptible';
export { bestEpoch, type EpochRow } from './logs';
export { ModelCheckpoint, type ModelCheckpointOptions } from './model-checkpoint';
export { Monitor, type MonitorOptions, type Print, type Verdict } from './monitor';
export { TensorBoard, type TensorBoardOptions } from './tensor-board';
export { TerminateOnNaN, type TerminateOnNaNOptions } from './terminate-on-nan';
export {
  checkSamePhotos,
  readTrainingLog,
  TrainingLog,
  type ReadTrainingLogOptions,
  type TrainingLogOptions,
} from './training-log';
export { resumable, type ResumableOptions, type ResumableRun } from './resumable';
export { settleBatchNorm, SettleBatchNorm, type SettleBatchNormOptions } from './settle-batch-norm';
