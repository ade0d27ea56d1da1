/** npm run notebooks: puts a run's outputs into the committed notebooks, and only what a reader sees; its curves into README. */

import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { InputError } from 'celeba-lab/dist/errors';
import { photosBelow, writeFileAtomically } from 'celeba-lab/dist/files';
import { projectPath, settingRows, type Settings } from 'celeba-lab/dist/project';
import { stateFolders } from 'celeba-lab/dist/run-state';
import { normaliseNotebook } from './normalise-notebook';
import { readNotebook } from './notebook-file';

// No setting of what is trained; the photos that lie there are looked for instead.
const OWN_PHOTOS = 'PHOTOS';

/**
 * Refuses to update where the outputs wouldn't be those of the sample set with default settings, trained from the first epoch.
 * @throws InputError that names the variable, the unfinished training or the folder of own photos
 */
export async function checkUpdatable(env: NodeJS.ProcessEnv, settings: Settings): Promise<void> {
  const names = settingRows(settings).map(({ variable }) => variable);
  const set = names.find((name) => name !== OWN_PHOTOS && env[name]);
  if (set !== undefined) {
    throw new InputError({
      where: set,
      found: `"${env[set]}"`,
      expected: 'no setting, for the committed notebooks show the sample set with defaults',
      remedy: `Run env -u ${set} npm run notebooks`,
    });
  }
  await checkFinished(settings.outputs);
  const own = await photosBelow(settings.ownPhotos);
  if (own.length === 0) return;
  throw new InputError({
    where: settings.ownPhotos,
    found: own.length === 1 ? '1 photo' : `${own.length} photos`,
    expected: 'none, so that no photo of yours gets into the committed notebooks',
    remedy: 'Move them elsewhere for this run',
  });
}

/** Neither continuing it nor dropping it would do: the notebook prints which of the two it does. */
async function checkFinished(outputs: string): Promise<void> {
  const [state] = await stateFolders(outputs);
  if (state === undefined) return;
  throw new InputError({
    where: state,
    found: 'a training that was cut off, or whose run was',
    expected: 'none, for the committed notebooks show a training from its first epoch on',
    remedy: `Finish it with npm start, or drop it: rm -r ${state}`,
  });
}

/**
 * Puts the outputs of an executed notebook into the notebook it was made from, where they differ.
 * @param notebook absolute path of the committed notebook
 * @param executed absolute path of the executed one
 * @returns        one line on what was done
 * @throws         InputError where an output holds the path of the project folder
 */
export async function updateNotebook(notebook: string, executed: string): Promise<string> {
  const text = normaliseNotebook(await readNotebook(notebook), await readNotebook(executed));
  const name = basename(notebook);
  if (text.includes(projectPath())) {
    throw new InputError({
      where: name,
      found: 'the path of the project folder in an output',
      expected: 'no path of this machine',
      remedy: 'Show names or paths inside the project instead',
    });
  }
  if (text === (await readFile(notebook, 'utf8'))) return `${name}: unchanged`;
  await writeFileAtomically(notebook, text);
  return `${name}: updated, ${Math.round(Buffer.byteLength(text) / 1024)} KiB`;
}

/**
 * Puts notebook 3's chart of a run in the place of the one that README shows, where they differ.
 * @param outputs absolute path of the run's results
 * @param shown   absolute path of README's picture; default the project's
 * @returns       one line on what was done
 */
export async function updatePicture(outputs: string, shown = projectPath('docs', 'training.png')): Promise<string> {
  const drawn = await readFile(join(outputs, 'plots', 'training.png'));
  const name = basename(shown);
  if (drawn.equals(await readFile(shown))) return `${name}: unchanged`;
  await writeFileAtomically(shown, drawn);
  return `${name}: updated`;
}
