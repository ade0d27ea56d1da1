/** Where results may be written: anywhere but among the project's sources. */

import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { InputError } from '../errors';
import { isInside } from './is-inside';
import { DESCRIPTION_FILE, MODEL_FILES } from './model-files';
import { projectPath } from './paths';

// Folders of the project that hold sources only: a saved model would take the place of lib/model.
const SOURCES = ['notebooks', 'lib', 'scripts', 'tests'];

// What a run makes in its folder, and fills or replaces in the next run.
const RESULTS = ['faces', 'features', 'first-model', 'improved', 'logs', 'model', 'notebooks', 'plots', 'training'];
// Those that a new model replaces whole.
const MODELS = ['model', 'first-model', join('improved', 'model')];
// Of a damaged model, or one that was shared, perhaps a single file is there.
const OF_MODELS: readonly string[] = [DESCRIPTION_FILE, ...MODEL_FILES];

/**
 * Refuses a folder whose results would lie among the project's sources, or whose models would replace something else. Links count
 * as what they lead to.
 * @param outputs absolute path; it may not be there yet
 * @param root    the project's folder; default this project's
 * @throws        InputError that says to take another folder
 */
export function checkOutputsPlace(outputs: string, root = projectPath()): void {
  const project = realPlace(root);
  const folder = realOutputs(outputs);
  if (folder === project) throw refusedOutputs(outputs, "the project's own folder");
  const source = SOURCES.find((name) => isInside(folder, join(project, name)));
  if (source !== undefined) throw refusedOutputs(outputs, `a folder in the project's ${source}/`);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === false) throw refusedOutputs(outputs, 'a file');
  const taken = MODELS.find((name) => holdsSomethingElse(join(folder, name)));
  if (taken !== undefined)
    throw refusedOutputs(outputs, `something else than a model at ${taken}, which a new model would replace`);
}

/** Whether something lies where models go that no run has put there. Hidden files, as systems leave them, don't count. */
function holdsSomethingElse(place: string): boolean {
  try {
    const status = statSync(place, { throwIfNoEntry: false });
    if (!status?.isDirectory()) return status !== undefined;
    const names = readdirSync(place).filter((name) => !name.startsWith('.'));
    return names.length > 0 && !names.some((name) => OF_MODELS.includes(name));
  } catch {
    // A place that may not be looked at is for whoever writes there to tell of.
    return false;
  }
}

/**
 * Refuses a folder for results within the data set, which is only read: charts there would be taken for photos. The data set may
 * lie in the folder for results, but not where a run writes: a new model would replace it.
 * @param outputs absolute path; it may not be there yet
 * @param dataset absolute path of the data set
 * @throws        InputError that says to take another folder
 */
export function checkOutsideDataset(outputs: string, dataset: string): void {
  // One that isn't there is for whoever opens it to say.
  if (!existsSync(dataset)) return;
  const photos = realPlace(dataset);
  if (isInside(realOutputs(outputs), photos)) throw refusedOutputs(outputs, 'a folder in DATASET, which is only read');
  const result = RESULTS.find((name) => isInside(photos, realOutputs(outputs, name)));
  if (result !== undefined) throw refusedOutputs(outputs, `DATASET in ${result}/, where a run writes`);
}

/** The error for a folder that can't take results, ready to throw. */
export function refusedOutputs(outputs: string, found: string): InputError {
  return new InputError({
    where: `OUTPUTS, ${outputs}`,
    found,
    expected: 'a folder for results alone',
    remedy: 'Set OUTPUTS to another folder, or leave it out',
  });
}

/**
 * A folder for results with links followed, as far as it exists.
 * @param outputs absolute path; it may not be there yet
 * @param inside  a name in it; default the folder itself
 * @throws        InputError where the system doesn't follow the path
 */
export function realOutputs(outputs: string, inside = ''): string {
  try {
    return realPlace(join(outputs, inside));
  } catch (error) {
    const { code, syscall, message } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    throw refusedOutputs(
      outputs,
      code === 'ENOTDIR' ? 'a path that goes through a file' : `a place that can't be reached (${message})`,
    );
  }
}

/**
 * A path with links followed, as far as it exists.
 * @param path absolute
 * @throws     the system's error where it doesn't follow the path, such as ELOOP or EACCES
 */
export function realPlace(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(path) === path) throw error;
    return join(realPlace(dirname(path)), basename(path));
  }
}
