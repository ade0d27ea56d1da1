/** celeba-lab: what the notebooks share, one line a namespace. */

export { tf } from './tensorflow/load';
export { InputError } from './errors';
export * as files from './files';
export * as project from './project';
