import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { InputError, project, runState } from 'celeba-lab';
import { checkUpdatable, updatePicture } from '../../../scripts/start/update-notebooks';

let folder: string;
let settings: project.Settings;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'update-notebooks-'));
  settings = { ...project.readSettings({}), outputs: join(folder, 'outputs'), ownPhotos: join(folder, 'own') };
});
after(() => rm(folder, { recursive: true }));

function refusedWith(words: RegExp) {
  return (error: Error) => error instanceof InputError && words.test(error.message);
}

test('checkUpdatable refuses each setting that a reader of the notebooks would see, and no other variable', async () => {
  const names = project.settingRows(settings).map(({ variable }) => variable);
  for (const name of names.filter((each) => each !== 'PHOTOS'))
    await assert.rejects(
      checkUpdatable({ [name]: '1' }, settings),
      refusedWith(new RegExp(`^${name}: found "1", expected no setting, .*Run env -u ${name} npm run notebooks\\.$`)),
      name,
    );
  await checkUpdatable({ HOME: '/home', RESUME: '', PHOTOS: '/photos' }, settings);
});

test('checkUpdatable refuses a training that was cut off, of which notebooks would tell that they continue or drop it', async () => {
  for (const name of ['training', 'improved']) {
    const state = new runState.RunStore(join(settings.outputs, name, 'state'));
    await mkdir(state.folder, { recursive: true });
    await writeFile(join(state.folder, 'begun'), '');
    await checkUpdatable({}, settings);
    await state.write({ facts: {}, epochs: 3, ended: false, parts: {} });
    await assert.rejects(
      checkUpdatable({}, settings),
      refusedWith(
        new RegExp(
          `outputs/${name}/state: found a training that was cut off, or whose run was, .*drop it: rm -r .*/${name}/state\\.$`,
        ),
      ),
    );
    await state.remove();
    await checkUpdatable({}, settings);
  }
});

test('checkUpdatable refuses photos of the user', async () => {
  await mkdir(settings.ownPhotos);
  await checkUpdatable({}, settings);
  await writeFile(join(settings.ownPhotos, 'me.jpg'), '');
  await assert.rejects(checkUpdatable({}, settings), refusedWith(/own: found 1 photo, expected none, /));
});

test('updatePicture puts the curves of a run in the place of those that README shows', async () => {
  const shown = join(folder, 'shown.png');
  await mkdir(join(settings.outputs, 'plots'), { recursive: true });
  await writeFile(join(settings.outputs, 'plots', 'training.png'), 'new');
  await writeFile(shown, 'old');
  assert.equal(await updatePicture(settings.outputs, shown), 'shown.png: updated');
  assert.equal(await readFile(shown, 'utf8'), 'new');
  assert.equal(await updatePicture(settings.outputs, shown), 'shown.png: unchanged');
});
