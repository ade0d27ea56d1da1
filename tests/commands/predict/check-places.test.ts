import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { checkPlaces, type Places } from '../../../scripts/predict/check-places';

const SYSTEM = { skip: !existsSync('/sys') && 'needs a folder where nobody may make files' };

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'places-'));
  await mkdir(join(folder, 'album', 'deeper'), { recursive: true });
  await symlink('album', join(folder, 'linked'));
  await writeFile(join(folder, 'a.jpg'), '');
});
after(() => rm(folder, { recursive: true }));

function check(places: Partial<Places>): Promise<void> {
  return checkPlaces({ paths: ['album'], folder, ...places });
}

test('checkPlaces refuses each place where nothing can be written', SYSTEM, async () => {
  for (const option of ['out', 'sheet', 'aligned'])
    for (const place of ['/sys/new', '/sys/new/deeper', '/proc/new/deeper'])
      await assert.rejects(
        check({ [option]: place }),
        new RegExp(
          `^InputError: --${option} ${place}: found a place that can't be written to \\(E\\w+\\), expected .*path\\.$`,
        ),
      );
});

test('checkPlaces takes a place that is not there yet, and leaves nothing', async () => {
  await check({
    out: join(folder, 'new', 'rows.csv'),
    sheet: join(folder, 'sheet.html'),
    aligned: join(folder, 'faces'),
  });
  await check({ out: join(folder, 'a.jpg') });
  assert.deepEqual((await readdir(folder)).sort(), ['a.jpg', 'album', 'linked']);
});

test('checkPlaces refuses a place that is a file of another option, or lies in one, though none is there yet', async () => {
  const [x, y] = [join(folder, 'x'), join(folder, 'x', 'y')];
  const refused: [Partial<Places>, RegExp][] = [
    [{ out: x, aligned: x }, /--aligned \S+x: found a file of --out, expected a place of its own\. /],
    [{ out: x, aligned: `${x}.lock` }, /--aligned \S+: found a file of --out/],
    [{ out: x, aligned: y }, /--aligned \S+y: found a place in a file of --out/],
    [{ out: x, sheet: y }, /--sheet \S+y: found a place in a file of --out/],
    [{ out: y, sheet: x }, /--out \S+y: found a place in a file of --sheet/],
    [{ sheet: x, aligned: x }, /--aligned \S+x: found a file of --sheet/],
  ];
  for (const [places, words] of refused) await assert.rejects(check(places), words, JSON.stringify(places));
  await check({ out: y, sheet: `${x}y`, aligned: x });
});

test('checkPlaces refuses faces in a folder that is answered, or below it, also through a link', async () => {
  const below = [join(folder, 'album'), join(folder, 'album', 'faces'), join(folder, 'album', 'deeper')];
  const refused = [...below, join(folder, 'linked', 'faces')].map((aligned) => ({
    aligned,
    paths: ['a.jpg', 'album'],
  }));
  for (const places of [...refused, { aligned: below[1], paths: ['linked'] }, { aligned: below[1], paths: ['.'] }])
    await assert.rejects(
      check(places),
      /^InputError: --aligned \S+: found a place in \S+, whose photos are answered, expected one outside of it\. /,
      JSON.stringify(places),
    );
});

test('checkPlaces takes faces beside what is answered: other folders, a photo, a list, a pattern', async () => {
  const beside = {
    album: 'album-faces',
    'album/deeper': 'album/faces',
    'a.jpg': 'faces',
    '-': 'album/faces',
    'none*': 'faces',
  };
  for (const [path, aligned] of Object.entries(beside)) await check({ aligned: join(folder, aligned), paths: [path] });
});
