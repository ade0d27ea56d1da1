import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import sharp from 'sharp';
import { ContactSheet } from '../../../scripts/predict/contact-sheet';
import { sheetOfPart, sheetPlace } from '../../../scripts/predict/sheet-place';

let folder: string;
let sheet: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sheet-'));
  sheet = join(folder, 'sheet.html');
});
afterEach(() => rm(folder, { recursive: true }));

test('sheetPlace replaces a page of the same photos, and says nothing', async () => {
  await writeFile(sheet, 'a page');
  assert.equal(await sheetPlace(sheet, { missing: 5, done: 0 }, assert.fail), sheet);
});

test('sheetPlace takes the first free number where some photos were answered earlier, and says so', async () => {
  const said: string[] = [];
  assert.equal(await sheetPlace(sheet, { missing: 5, done: 3 }, assert.fail), sheet);
  for (const name of ['sheet.html', 'sheet-2.html']) await writeFile(join(folder, name), 'a page');
  const place = await sheetPlace(sheet, { missing: 5, done: 3 }, (line) => said.push(line));
  assert.equal(place, join(folder, 'sheet-3.html'));
  assert.match(said.join(), /sheet\.html is left as it is, .* in \S+sheet-3\.html\.$/);
});

test('sheetPlace leaves a page alone where no photo is missing, and says so', async () => {
  const said: string[] = [];
  await writeFile(sheet, 'a page');
  assert.equal(await sheetPlace(sheet, { missing: 0, done: 3 }, (line) => said.push(line)), undefined);
  assert.match(said.join(), /sheet\.html is left as it is: no photo was left to answer\.$/);
});

test('sheetOfPart names the page after the part, but not where one part takes all', () => {
  assert.equal(sheetOfPart('/a/my.page.html', { index: 3, count: 8 }), '/a/my.page-part-3.html');
  assert.equal(sheetOfPart('/a/page', { index: 0, count: 8 }), '/a/page-part-0');
  assert.equal(sheetOfPart('/a/page.html', { index: 0, count: 1 }), '/a/page.html');
  assert.equal(sheetOfPart('/a/page.html', undefined), '/a/page.html');
});

test('ContactSheet leaves out the picture of a photo that was removed since it was answered', async () => {
  const page = await ContactSheet.open(sheet, 'meaning');
  const answer = { label: 'bright', probability: 0.9, probabilities: { bright: 0.9 }, abstained: false, faces: [] };
  const photo = { shown: 'gone.jpg', file: join(folder, 'gone.jpg') };
  await page.add({ photo, row: { file: 'gone.jpg', ...answer }, aligned: [] });
  await page.close('');
  assert.match(
    await readFile(sheet, 'utf8'),
    /<figure><figcaption><bdi>gone\.jpg<\/bdi><\/figcaption>.*bright \(90\.0 %\)/,
  );
  assert.deepEqual(await readdir(folder), ['sheet.html']);
});

test("ContactSheet says why a model of whole photos can't tell, without a percentage, and once that there is no face", async () => {
  const answer = { label: 'bright', probability: 0.6, probabilities: { bright: 0.6 }, abstained: true, faces: [] };
  const page = await ContactSheet.open(sheet, 'meaning');
  const row = { file: 'dusk.jpg', ...answer, reason: 'under <70 %>' };
  await page.add({ photo: { shown: 'dusk.jpg', file: join(folder, 'dusk.jpg') }, row, aligned: [] });
  const nobody = { label: null, probability: null, probabilities: null, abstained: true, reason: 'no face found' };
  const wall = { file: 'wall.jpg', ...nobody, faces: [] };
  await page.add({ photo: { shown: 'wall.jpg', file: join(folder, 'wall.jpg') }, row: wall, aligned: [] });
  await page.close('');
  const text = await readFile(sheet, 'utf8');
  assert.match(text, /<div>can't tell<div class="note">under &#60;70 %&#62;<\/div>/);
  assert.equal(text.split('no face found').length - 1, 1);
});

test('ContactSheet draws the box of a face in the pixels of the small picture, numbered', async () => {
  const file = join(folder, 'wide.png');
  await sharp({ create: { width: 440, height: 330, channels: 3, background: '#888' } }).toFile(file);
  const answer = { label: 'bright', probability: 0.9, probabilities: { bright: 0.9 }, abstained: false };
  const face = { ...answer, box: [100, 120, 201, 160], landmarks: [[150, 150]] };
  const page = await ContactSheet.open(sheet, 'meaning');
  await page.add({ photo: { shown: 'wide.png', file }, row: { file, ...answer, faces: [face] }, aligned: [] });
  await page.close('');
  const text = await readFile(sheet, 'utf8');
  assert.match(text, /<img alt="" width="220" height="165" src=/);
  assert.match(text, /<i style="left:50px;top:60px;width:101px;height:80px"><b>1<\/b><\/i>/);
});

/** A page of one photo 440 pixels wide, with a box of this face. */
async function pageOf(shown: string, landmarks: number[][]): Promise<string> {
  const file = join(folder, 'wide.png');
  await sharp({ create: { width: 440, height: 330, channels: 3, background: '#888' } }).toFile(file);
  const answer = { label: 'bright', probability: 0.9, probabilities: { bright: 0.9 }, abstained: false };
  const page = await ContactSheet.open(sheet, 'meaning');
  const face = { ...answer, box: [100, 120, 200, 160], landmarks };
  await page.add({ photo: { shown, file }, row: { file, ...answer, faces: [face] }, aligned: [] });
  const error = `${shown}: found no such file`;
  await page.add({ photo: { shown, file, error }, row: { file, error }, aligned: [] });
  await page.close('');
  return readFile(sheet, 'utf8');
}

test('ContactSheet shows a name with signs of HTML as text, of a photo as of one that cannot be read', async () => {
  const text = await pageOf('<b>x.jpg', [[150, 150]]);
  assert.doesNotMatch(text, /<b>x/);
  assert.equal(text.split('&#60;b&#62;x.jpg').length - 1, 3);
});

test('ContactSheet draws no box where no face was looked for', async () => {
  assert.match(await pageOf('a.jpg', [[150, 150]]), /<i /);
  assert.doesNotMatch(await pageOf('a.jpg', []), /<i /);
});
