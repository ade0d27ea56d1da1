import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fsPromises, { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, before, test, type TestContext } from 'node:test';
import { findPhotos, pathsOf } from '../../../scripts/predict/find-photos';

const ODD_NAMES = ['a b.jpg', 'line\nend.jpg', 'Ünïcödé 顔.jpg', '[1]*.jpg', '-.jpg'];

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'find-'));
  await mkdir(join(folder, 'album', 'deeper'), { recursive: true });
  for (const name of [...ODD_NAMES, 'notes.txt', 'deeper/c.png']) await writeFile(join(folder, 'album', name), '');
  await symlink('..', join(folder, 'album', 'deeper', 'circle'));
  await symlink('self', join(folder, 'self'));
});
after(() => rm(folder, { recursive: true }));

async function found(...paths: string[]): Promise<string[]> {
  const photos = await findPhotos(paths, folder, () => Promise.resolve(['album/a b.jpg', 'album/*.jpg']));
  return photos.map(({ shown, error }) => (error === undefined ? shown : `! ${error}`));
}

test('findPhotos finds names with spaces, line ends, other letters and signs of patterns, and ends at a link in a circle', async () => {
  assert.deepEqual(
    await found('album'),
    [...ODD_NAMES, 'deeper/c.png'].sort().map((name) => `album/${name}`),
  );
});

test('findPhotos takes a file whose name looks like a pattern for itself', async () => {
  assert.deepEqual(await found('album/[1]*.jpg'), ['album/[1]*.jpg']);
});

test('findPhotos follows patterns, to photos only, by name', async () => {
  assert.deepEqual(await found('**/*.{png,txt}'), ['album/deeper/c.png']);
  assert.deepEqual(await found(`${folder}/album/a*`), [`${folder}/album/a b.jpg`]);
  assert.deepEqual(await found('album/*.gif'), [
    '! album/*.gif: found a pattern that fits no photo, expected a photo or a folder of photos. Check the path.',
  ]);
});

/** Makes a folder of photos for one test. */
async function portraits(t: TestContext, names: string[]): Promise<string> {
  const place = join(folder, 'portraits');
  t.after(() => rm(place, { recursive: true }));
  for (const name of names) {
    await mkdir(dirname(join(place, name)), { recursive: true });
    await writeFile(join(place, name), '');
  }
  return place;
}

test('findPhotos lists the folders that a pattern fits as it lists a given one, also where one has the name of a photo', async (t) => {
  await portraits(t, ['female/1.jpg', 'female/old/2.jpg', 'female/.hidden/3.jpg', 'male/4.jpg', 'fe.jpg/5.jpg']);
  const female = ['portraits/female/1.jpg', 'portraits/female/old/2.jpg'];
  assert.deepEqual(await found('portraits/fem*'), female);
  assert.deepEqual(await found('portraits/female'), female);
  assert.deepEqual(
    await found(`${folder}/portraits/fem*`),
    female.map((name) => join(folder, name)),
  );
  assert.deepEqual(await found('portraits/fe*'), ['portraits/fe.jpg/5.jpg', ...female]);
  assert.deepEqual(await found('portraits/female/.h*'), ['portraits/female/.hidden/3.jpg']);
});

test('findPhotos finds each photo once by a pattern that fits folders and what is in them, by name, and ends at a circle', async (t) => {
  const names = ['a b.jpg', 'a/1.jpg', 'a/deeper/2.jpg', 'z.jpg'];
  const place = await portraits(t, names);
  await symlink('..', join(place, 'a', 'circle'));
  const expected = names.map((name) => `portraits/${name}`);
  for (const pattern of ['portraits/**', 'portraits/*', 'portrait*', 'portraits/{a,a/deeper,a/*.jpg,*.jpg}'])
    assert.deepEqual(await found(pattern), expected, pattern);
});

test('findPhotos passes over folders without photos that a pattern fits, unless there is nothing else', async (t) => {
  const place = await portraits(t, ['female/1.jpg', 'notes/of-today.txt']);
  assert.deepEqual(await found('portraits/*'), ['portraits/female/1.jpg']);
  await rm(join(place, 'female'), { recursive: true });
  assert.match((await found('portraits/*')).join(), /^! portraits\/\*: found a pattern that fits no photo, /);
});

test('findPhotos finds by a pattern what it finds in a folder where photos are links, and ends at links in a circle', async (t) => {
  const linked = join(folder, 'linked');
  await mkdir(join(linked, 'deeper'), { recursive: true });
  t.after(() => rm(linked, { recursive: true }));
  await writeFile(join(linked, 'own.jpg'), '');
  spawnSync('mkfifo', [join(linked, 'deeper', 'pipe')]);
  const links = {
    'b.jpg': '../album/a b.jpg',
    'deeper/c.jfif': '../../album/deeper/c.png',
    'deeper/to-pipe.jpg': 'pipe',
    'deeper/gone.jpg': 'nowhere',
    'self.jpg': 'self.jpg',
    'folder.jpg': 'deeper',
    'notes.txt': 'own.jpg',
    circle: '.',
    'deeper/circle': '..',
  };
  for (const [name, target] of Object.entries(links)) await symlink(target, join(linked, name));
  const expected = ['b.jpg', 'deeper/c.jfif', 'deeper/gone.jpg', 'folder.jpg', 'own.jpg', 'self.jpg'];
  const shown = expected.map((name) => `linked/${name}`);
  assert.deepEqual(await found('linked'), shown);
  assert.deepEqual(await found('linked/**'), shown);
  assert.deepEqual(
    await found('linked/*.jpg'),
    shown.filter((name) => !name.includes('deeper/')),
  );
});

test('findPhotos reads the list for -, whose paths are no patterns', async () => {
  assert.deepEqual(await found('-'), [
    'album/a b.jpg',
    '! album/*.jpg: found no such file or folder, expected a photo or a folder of photos. Check the path.',
  ]);
});

test('findPhotos names what is no photo: nothing there, a link to itself, a pipe', async () => {
  spawnSync('mkfifo', [join(folder, 'pipe.jpg')]);
  const rows = await found('nowhere', 'self', 'pipe.jpg');
  for (const [i, words] of ['no such file or folder', 'links in a circle', 'a pipe or a device'].entries())
    assert.match(rows[i], new RegExp(`found ${words}, expected`));
});

test('findPhotos reports a folder that may not be read, and goes on with the rest', async (t) => {
  if (process.getuid?.() === 0) return t.skip('the administrator may read everything');
  const closed = join(folder, 'album', 'closed');
  await mkdir(closed);
  await chmod(closed, 0);
  t.after(() => rm(closed, { recursive: true }));
  const rows = await found('album');
  assert.equal(rows.length, ODD_NAMES.length + 2);
  assert.match(rows[rows.length - 1], /^! album\/closed: found a place that may not be read/);
});

test('findPhotos reports a folder below a pattern that cannot be read, and goes on with the rest', async (t) => {
  const closed = join(folder, 'album', 'faulty');
  const hidden = join(folder, 'album', '.hidden');
  for (const each of [closed, hidden]) await mkdir(each);
  t.after(() => Promise.all([closed, hidden].map((each) => rm(each, { recursive: true }))));
  const { readdir } = fsPromises;
  // As for anybody but the administrator, whom no right keeps out.
  t.mock.method(fsPromises, 'readdir', async (...args: Parameters<typeof readdir>) => {
    if (![closed, hidden].includes(resolve(String(args[0])))) return readdir(...args);
    throw Object.assign(new Error('EACCES: permission denied, scandir'), { code: 'EACCES' });
  });
  // The second fits the folder above it, too.
  for (const pattern of ['album/**/*.jpg', 'album/**']) {
    const rows = await found(pattern);
    assert.deepEqual(
      rows.filter((row) => row.startsWith('!')),
      ['! album/faulty: found a place that may not be read, expected a photo or a folder of photos. Check the path.'],
    );
    assert.ok(rows.includes('album/a b.jpg'), rows.join());
  }
});

test('findPhotos says of names that are no UTF-8 to rename them, of a photo as of a folder of photos', async (t) => {
  const place = Buffer.from(join(folder, 'old', 'caf\xe9'), 'latin1');
  t.after(() => rm(join(folder, 'old'), { recursive: true }));
  try {
    await mkdir(place, { recursive: true });
  } catch {
    return t.skip('this disk takes no other names');
  }
  await writeFile(Buffer.concat([place, Buffer.from('/1.jpg')]), '');
  await writeFile(join(folder, 'old', '2.jpg'), '');
  const row = '! old/caf\uFFFD: found a name that is not UTF-8, expected a photo or a folder of photos. Rename it.';
  for (const path of ['old', 'old/*', 'old/**']) assert.deepEqual(await found(path), ['old/2.jpg', row], path);
  assert.deepEqual(await found('old/caf\uFFFD'), [row]);
});

test('pathsOf splits at line ends, or at NUL where there is one', () => {
  assert.deepEqual(pathsOf('a.jpg\r\nb c.jpg\n\n'), ['a.jpg', 'b c.jpg']);
  assert.deepEqual(pathsOf('a\nb.jpg\0c.jpg\0'), ['a\nb.jpg', 'c.jpg']);
});

test('findPhotos names in a folder only what is in it and cannot be read, where that is all there is', async (t) => {
  const closed = join(folder, 'outer', 'closed');
  await mkdir(closed, { recursive: true });
  t.after(() => rm(join(folder, 'outer'), { recursive: true }));
  const { readdir } = fsPromises;
  t.mock.method(fsPromises, 'readdir', async (...args: Parameters<typeof readdir>) => {
    if (resolve(String(args[0])) !== closed) return readdir(...args);
    throw Object.assign(new Error('EACCES: permission denied, scandir'), { code: 'EACCES' });
  });
  assert.deepEqual(await found('outer'), [
    '! outer/closed: found a place that may not be read, expected a photo or a folder of photos. Check the path.',
  ]);
});

test('findPhotos refuses an empty list, which a failed find leaves, too', async () => {
  const none = findPhotos(['-'], folder, async () => []);
  await assert.rejects(none, /^InputError: the list on stdin: found no path, expected one a line/);
});
