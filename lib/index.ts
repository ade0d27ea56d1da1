/** celeba-lab: what the notebooks share, one line a namespace. */

export { tf } from './tensorflow/load';
export { InputError, SystemFault } from './errors';
export { Stopped } from './interrupts';
export * as files from './files';
export * as archives from './archives';
export * as project from './project';
export * as tensorflow from './tensorflow';
export * as random from './random';
export * as dataset from './dataset';
export * as plots from './plots';
export * as photos from './photos';
export * as native from './native';
export * as vgg16 from './vgg16';
export * as features from './features';
export * as model from './model';
export * as runState from './run-state';
export * as callbacks from './callbacks';
export * as training from './training';
export * as evaluation from './evaluation';
export * as faces from './faces';
export * as show from './show';
