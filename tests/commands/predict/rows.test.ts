import assert from 'node:assert/strict';
import fsPromises, { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { insideName, keepAligned, notKeptSentence } from '../../../scripts/predict/aligned-faces';
import { ResumableOutput, type RowsOfFile } from '../../../scripts/predict/resumable-output';
import type { AnsweredRow, ResultRow } from '../../../scripts/predict/result-row';
import { alignedTable, csvLines, jsonLines } from '../../../scripts/predict/write-rows';

const CLASSES = ['female', 'male'];
const SHARES = { probability: 0.9, probabilities: { female: 0.1, male: 0.9 } };
const FACE = { box: [1, 2, 3, 4], landmarks: [[1, 1]], label: 'male', ...SHARES, abstained: false };
const SURE: AnsweredRow = { file: 'a.jpg', label: 'male', ...SHARES, abstained: false, faces: [FACE] };
const UNSURE: AnsweredRow = { ...SURE, file: 'b, "c".jpg', abstained: true, reason: 'blurred', faces: [FACE, FACE] };
const NOBODY: AnsweredRow = {
  ...{ file: 'd\n.jpg', label: null, probability: null, probabilities: null },
  ...{ abstained: true, faces: [], note: 'no face found' },
};
const BROKEN: ResultRow = { file: 'e.jpg', error: 'e.jpg: found text, expected a picture. Replace it.' };
const ROWS = [SURE, UNSURE, NOBODY, BROKEN];
const NOTE = 'used as it is: eyes and mouth lie there';
const NAMES = csvLines(CLASSES).head();

async function fileOf(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rows-'));
  t.after(() => rm(folder, { recursive: true }));
  return join(folder, 'rows');
}

test('csvLines quotes what needs it and has as many cells in each line', () => {
  const format = csvLines(CLASSES);
  assert.equal(
    [format.head(), ...ROWS.map((row) => format.row(row))].join(''),
    [
      'file,label,probability,probability of female,probability of male,abstained,reason,faces,error',
      'a.jpg,male,0.9,0.1,0.9,false,,1,',
      '"b, ""c"".jpg",male,0.9,0.1,0.9,true,blurred,2,',
      '"d\n.jpg",,,,,true,no face found,0,',
      'e.jpg,,,,,,,,"e.jpg: found text, expected a picture. Replace it."\n',
    ].join('\n'),
  );
});

test('alignedTable says that it cannot tell, and why; gives each further face a line; keeps a name on its line', () => {
  const lines = ROWS.map((row) => alignedTable(['a.jpg'], CLASSES, '').row(row))
    .join('')
    .split('\n');
  assert.match(lines[0], /^a\.jpg {6}male {9}10\.0 % {3}90\.0 %$/);
  assert.match(lines[1], /^b, "c"\.jpg {2}can't tell .* blurred$/);
  assert.match(lines[2], /^ {2}face 2 {3}male/);
  assert.match(lines[3], /^d\\n\.jpg {4}no face found$/);
  assert.equal(lines[4], 'e.jpg      found text, expected a picture. Replace it.');
});

test('the note which reading was used stands in the table and in CSV, behind the reason where there is one', () => {
  const rows = [SURE, UNSURE].map((row) => ({ ...row, note: NOTE }));
  const lines = rows.map((row) => alignedTable(['a.jpg'], CLASSES, '').row(row)).join('');
  const [sure, unsure, further] = lines.split('\n');
  assert.ok(sure.endsWith(`90.0 %  ${NOTE}`), sure);
  assert.ok(unsure.endsWith(`90.0 %  blurred; ${NOTE}`), unsure);
  assert.match(further, /90\.0 %$/);
  const csv = rows.map((row) => csvLines(CLASSES).row(row));
  assert.match(csv[0], new RegExp(`,false,${NOTE},1,\n$`));
  assert.match(csv[1], new RegExp(`,true,blurred; ${NOTE},2,\n$`));
});

test("alignedTable's columns end at the same place in all rows: sure, unsure, and of a further face", () => {
  const table = alignedTable(['a.jpg', 'b.jpg'], CLASSES, '');
  const lines = [table.head(), table.row(SURE), table.row({ ...UNSURE, file: 'b.jpg' })].join('').trimEnd().split('\n');
  const ends = lines.map((line) =>
    [...line.matchAll(/female|male$|\d %/g)].map(({ 0: cell, index }) => index + cell.length),
  );
  assert.equal(lines.length, 4);
  for (const end of ends) assert.deepEqual(end, ends[0]);
});

for (const kind of ['json', 'csv'] as const) {
  const rowsOf = (names: string): RowsOfFile => (kind === 'json' ? { kind } : { kind, names });

  test(`ResumableOutput (${kind}) takes a torn row off the end, and knows the photos before it`, async (t) => {
    const file = await fileOf(t);
    const format = kind === 'json' ? jsonLines() : csvLines(CLASSES);
    const whole = [format.head(), ...ROWS.map((row) => format.row(row))].join('');
    await writeFile(file, whole + format.row({ ...SURE, file: 'f "1\n2".jpg' }).slice(0, 14));
    const output = await ResumableOutput.open(file, rowsOf(format.head()));
    const photos = [...ROWS, SURE].map((row) => ({ shown: row.file }));
    // The row of a photo that is named twice is there once.
    assert.deepEqual(output.divide(photos), { present: photos.slice(0, -1), missing: photos.slice(-1) });
    assert.deepEqual([...output.unread], ['e.jpg']);
    assert.deepEqual([...output.withFaces], [SURE.file, UNSURE.file]);
    await output.write(format.row({ ...SURE, file: 'f.jpg' }));
    await output.close();
    assert.equal(await readFile(file, 'utf8'), whole + format.row({ ...SURE, file: 'f.jpg' }));
  });

  test(`ResumableOutput (${kind}) refuses a file of something else and leaves it as it is`, async (t) => {
    const file = await fileOf(t);
    for (const notes of ['my notes\nof today', 'my notes of today', 'm']) {
      await writeFile(file, notes);
      await assert.rejects(ResumableOutput.open(file, rowsOf(NAMES)), /rows, line 1: found/);
      assert.equal(await readFile(file, 'utf8'), notes);
    }
  });

  test(`ResumableOutput (${kind}) begins anew where the very first row was torn, at any place`, async (t) => {
    const file = await fileOf(t);
    const format = kind === 'json' ? jsonLines() : csvLines(['été', 'hiver']);
    const first = Buffer.from(kind === 'json' ? format.row(SURE) : format.head());
    for (let size = 0; size < first.length; size++) {
      await writeFile(file, first.subarray(0, size));
      const output = await ResumableOutput.open(file, rowsOf(format.head()));
      await output.close();
      const { present } = output.divide([{ shown: SURE.file }]);
      assert.deepEqual([present, await readFile(file, 'utf8')], [[], format.head()]);
    }
  });
}

// A part of several, but not the first.
const HEADLESS: RowsOfFile = { kind: 'csv', names: NAMES, headless: true, first: 'b, "c".jpg' };

test('ResumableOutput (a later part of CSV) writes no line of names, and goes on wherever it was torn', async (t) => {
  const file = await fileOf(t);
  const format = csvLines(CLASSES);
  const [first, second] = [UNSURE, BROKEN].map((row) => format.row(row));
  const torn = Buffer.from(first + second);
  for (let size = 0; size <= torn.length; size++) {
    await writeFile(file, torn.subarray(0, size));
    const output = await ResumableOutput.open(file, HEADLESS);
    await output.close();
    const whole = size === torn.length ? first + second : size < first.length ? '' : first;
    assert.equal(await readFile(file, 'utf8'), whole);
    assert.deepEqual(
      [output.divide([{ shown: UNSURE.file }]).present.length, output.unread.has(BROKEN.file)],
      [whole === '' ? 0 : 1, size === torn.length],
    );
  }
});

test('ResumableOutput (CSV) refuses rows without names for the first part, names for a later one, and other tables', async (t) => {
  const file = await fileOf(t);
  const row = csvLines(CLASSES).row(SURE);
  const whole: RowsOfFile = { kind: 'csv', names: NAMES };
  const refused: [RowsOfFile, string, RegExp][] = [
    [whole, row, /line 1: found a row instead of the line of names, as in a part above 0, expected/],
    [HEADLESS, NAMES + row, /line 1: found the line of names, which only part 0 begins with, expected/],
    [HEADLESS, 'name,age\nAda,36\n', /line 1: found no row of this command/],
    [HEADLESS, csvLines(['a', 'b', 'c']).row({ ...SURE, probabilities: null }), /line 1: found no row/],
    [HEADLESS, 'a,b,c,d,e,f,g,h,\n', /line 1: found no row/],
    [HEADLESS, 'my notes', /line 1: found no row/],
    [{ ...HEADLESS, first: undefined }, 'm', /line 1: found no row/],
  ];
  for (const [rows, text, words] of refused) {
    await writeFile(file, text);
    await assert.rejects(ResumableOutput.open(file, rows), words);
    assert.equal(await readFile(file, 'utf8'), text);
  }
});

test('insideName shortens a name that nothing can be added to, differently for each, and a path too long for a folder', () => {
  const [first, second] = ['1', '2'].map((end) => insideName(`album/${'顔'.repeat(76)}${end}.jpg`));
  assert.match(first, /^album\/顔{60,}\.[0-9a-f]{16}$/);
  assert.ok(Buffer.byteLength(`.${first.slice('album/'.length)}.face99.jpg.123456789012`) <= 255);
  assert.notEqual(first, second);
  assert.equal(insideName(`${'a'.repeat(224)}.jpg`), `${'a'.repeat(224)}.jpg`);
  assert.ok(insideName('deeper/'.repeat(500)).length <= 228);
});

test('keepAligned keeps the face of a photo whose name is nearly as long as a name can be', async (t) => {
  const folder = dirname(await fileOf(t));
  const shown = `${'n'.repeat(230)}.jpg`;
  const row: AnsweredRow = { ...SURE, faces: [{ ...FACE }] };
  await keepAligned({ photo: { shown, file: shown }, row, aligned: [Buffer.from('face')] }, folder, folder);
  assert.equal(await readFile(join(folder, row.faces[0].aligned ?? ''), 'utf8'), 'face');
});

test('notKeptSentence counts the photos answered earlier whose faces were not kept, and is silent where all were', async (t) => {
  const folder = dirname(await fileOf(t));
  const row: AnsweredRow = { ...SURE, faces: [{ ...FACE }] };
  await keepAligned(
    { photo: { shown: '../a.jpg', file: 'a.jpg' }, row, aligned: [Buffer.from('face')] },
    folder,
    folder,
  );
  assert.equal(await notKeptSentence(['../a.jpg'], folder), undefined);
  const said = await notKeptSentence(['../a.jpg', 'b.jpg', 'c.jpg'], folder);
  assert.ok(said?.includes(`; 2 of the photos that were answered earlier have none in ${folder}. `), said);
});

test('insideName keeps a face below its folder, wherever the photo lies', () => {
  assert.deepEqual(['../../a.jpg', '/home/me/a.jpg', './b/../a.jpg'].map(insideName), [
    '__/__/a.jpg',
    'home/me/a.jpg',
    'a.jpg',
  ]);
});

test('alignedTable of up to four classes has a column for each, of more one for the probability', () => {
  const head = (classNames: string[]): string[] => alignedTable([], classNames, '').head().trim().split(/ +/);
  assert.deepEqual(head(['a', 'b', 'c', 'd']), ['photo', 'label', 'a', 'b', 'c', 'd']);
  const five = ['a', 'b', 'c', 'd', 'e'];
  assert.deepEqual(head(five), ['photo', 'label', 'probability']);
  const row = { ...SURE, label: 'e', probabilities: { a: 0, b: 0, c: 0, d: 0.1, e: 0.9 } };
  assert.match(alignedTable([], five, '').row(row), /^a\.jpg +e +90\.0 %\n$/);
});

test('alignedTable takes as many files as CelebA has photos', () => {
  const names = Array.from({ length: 200_000 }, (_, i) => `photo ${i}.jpg`);
  assert.match(alignedTable(names, CLASSES, '').head(), /^photo {11}label /);
});

for (const step of ['appendFile', 'sync'] as const) {
  test(`ResumableOutput lets go of its file where ${step} fails, and tells of that first`, async (t) => {
    const file = await fileOf(t);
    const { open } = fsPromises;
    let closed = 0;
    t.mock.method(fsPromises, 'open', async (...args: Parameters<typeof open>) => {
      const handle = await open(...args);
      const close = handle.close.bind(handle);
      handle[step] = () => Promise.reject(new Error('no room'));
      handle.close = async () => {
        closed++;
        await close();
        throw new Error('close fails as well');
      };
      return handle;
    });
    const both = async () => (await ResumableOutput.open(file, { kind: 'csv', names: NAMES })).close();
    await assert.rejects(both(), /no room/);
    assert.equal(closed, 1);
  });
}
