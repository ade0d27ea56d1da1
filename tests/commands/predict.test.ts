import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { faces } from 'celeba-lab';
import sharp from 'sharp';
import { brightnessModel, TINY_DESCRIPTION } from '../model/brightness-model';
import { saveTinyModel } from './predict/save-tiny-model';
import { runCommand, type CommandResult } from './run-command';

// Once, and nothing else.
const MEANING = /^A label is the model's guess what the annotators of test pictures would have answered [^\n]+\n$/;

let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'predict-'));
  await saveTinyModel(join(folder, 'saved'));
  await saveTinyModel(join(folder, 'drawn'), { drawn: true });
  await saveTinyModel(join(folder, 'of-things'), { attribute: 'class' });
  await saveTinyModel(join(folder, 'uncalibrated'), { calibration: undefined });
  await mkdir(join(folder, 'album', 'deeper'), { recursive: true });
  await picture(250, 60, 50).toFile(join(folder, 'album', 'b.jpg'));
  await picture(5, 60, 50).toFile(join(folder, 'album', 'a.jpg'));
  await picture(250, 40, 40).toFile(join(folder, 'album', 'deeper', 'c.png'));
  await writeFile(join(folder, 'album', 'README.txt'), 'not a photo');
  await symlink('..', join(folder, 'album', 'circle'));
});

after(() => rm(folder, { recursive: true, force: true }));

/** A grey picture. */
function picture(level: number, width: number, height: number): sharp.Sharp {
  return sharp({ create: { width, height, channels: 3, background: { r: level, g: level, b: level } } });
}

/** Runs predict from the temporary folder, as npm does for a user who is there. */
function predict(...args: string[]): Promise<CommandResult> {
  return runCommand('predict.ts', args, { INIT_CWD: folder });
}

function rowsOf({ stdout }: CommandResult): Record<string, unknown>[] {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

test('predict --json prints one object a photo, in order, names relative to where the user is', async () => {
  const result = await predict('--json', '--model', 'saved', 'album');
  assert.equal(result.code, 0, result.stderr);
  const rows = rowsOf(result);
  assert.deepEqual(
    rows.map((row) => [row.file, row.label]),
    [
      ['album/a.jpg', 'dark'],
      ['album/b.jpg', 'bright'],
      ['album/deeper/c.png', 'bright'],
    ],
  );
  const probabilities = rows[1].probabilities as Record<string, number>;
  assert.deepEqual(Object.keys(probabilities), ['dark', 'bright']);
  assert.equal(rows[1].probability, probabilities.bright);
  assert.ok(probabilities.bright > 0.99 && probabilities.dark < 0.01);
});

test('predict gives every odd photo its label or one sentence with its path, and then exits with 1', async () => {
  const odd = join(folder, 'odd');
  await mkdir(odd);
  const jpeg = await picture(250, 400, 300).jpeg().toBuffer();
  await writeFile(join(odd, 'empty.jpg'), '');
  await writeFile(join(odd, 'truncated.jpg'), jpeg.subarray(0, jpeg.length / 2));
  await writeFile(join(odd, 'text.jpg'), 'this is a text');
  await picture(250, 1, 1).toFile(join(odd, 'one-pixel.png'));
  await picture(250, 20000, 10).toFile(join(odd, 'wide.png'));
  await picture(250, 60, 50).toColourspace('cmyk').jpeg().toFile(join(odd, 'cmyk.jpg'));
  await picture(250, 60, 50).toColourspace('rgb16').png().toFile(join(odd, 'deep.png'));
  await picture(250, 60, 50).greyscale().jpeg().toFile(join(odd, 'grey.jpg'));
  await picture(250, 60, 50).withMetadata({ orientation: 6 }).jpeg().toFile(join(odd, 'turned.jpg'));
  await picture(0, 60, 50).ensureAlpha(0).png().toFile(join(odd, 'transparent.png'));
  const result = await predict('--json', '--model', 'saved', 'odd', 'odd/missing.jpg');
  assert.equal(result.code, 1);
  assert.match(result.stderr, MEANING);
  const outcome = Object.fromEntries(rowsOf(result).map((row) => [row.file, row.label ?? row.error]));
  for (const name of ['cmyk.jpg', 'deep.png', 'grey.jpg', 'turned.jpg', 'transparent.png'])
    assert.equal(outcome[`odd/${name}`], 'bright', name);
  for (const name of ['empty.jpg', 'truncated.jpg', 'text.jpg', 'one-pixel.png', 'wide.png', 'missing.jpg'])
    assert.match(String(outcome[`odd/${name}`]), new RegExp(`^odd/${name}: found [^\\n]+, expected [^\\n]+\\.$`), name);
});

test('predict without --json prints aligned columns and what a label means', async () => {
  const { code, stdout } = await predict('--model', 'saved', 'album/a.jpg', 'album/deeper/c.png', 'nowhere');
  assert.equal(code, 1);
  const [head, first, second, third, , sentence] = stdout.split('\n');
  assert.match(head, /^photo {15}label {10}dark {3}bright$/);
  assert.match(first, /^album\/a\.jpg {9}dark {8}100\.0 % +0\.0 % {2}read whole: [^\n]+$/);
  assert.equal(second.length, first.length);
  assert.match(third, /^nowhere +found no such file or folder/);
  assert.match(sentence, /what the annotators of test pictures would have answered to "brightness"/);
});

test('predict --json and --csv say what a label of people means once, on stderr; a table says it itself', async () => {
  for (const kind of ['--json', '--csv']) {
    const { stdout, stderr } = await predict(kind, '--model', 'saved', 'album');
    assert.match(stderr, MEANING);
    assert.doesNotMatch(stdout, /annotators/);
  }
  assert.equal((await predict('--model', 'saved', 'album/a.jpg')).stderr, '');
  assert.equal((await predict('--json', '--model', 'of-things', 'album/a.jpg')).stderr, '');
});

test('predict says of a model without calibration, as notebook 3 leaves it, what its answers lack, and how to mend it', async () => {
  const { code, stderr } = await predict('--model', 'uncalibrated', 'album/a.jpg');
  assert.equal(code, 0);
  assert.match(
    stderr,
    /^\S+uncalibrated: the model has no calibration, .* aren't calibrated .*: npm start -- 04, .*\.\n$/,
  );
});

test('predict says of each photo that a model of people read whole that it did, in rows, table and page', async () => {
  const note = await noteOfPhoto(join(folder, 'album', 'a.jpg'));
  const [row] = rowsOf(await predict('--json', '--model', 'saved', '--sheet', 'whole.html', 'album/a.jpg'));
  assert.deepEqual([row.label, row.note, row.faces], ['dark', note, []]);
  assert.ok((await readFile(join(folder, 'whole.html'), 'utf8')).includes(`<div class="note">${note}</div>`));
  assert.ok((await predict('--csv', '--model', 'saved', 'album/a.jpg')).stdout.endsWith(`,false,${note},0,\n`));
  assert.match(
    (await predict('--model', 'saved', 'album/a.jpg')).stdout,
    new RegExp(`^album/a.jpg .* %  ${note}$`, 'm'),
  );
  const [thing] = rowsOf(await predict('--json', '--model', 'of-things', 'album/a.jpg'));
  assert.deepEqual([thing.label, thing.note], ['dark', undefined]);
});

/** What notebook 5 says of a photo, by the same model. */
async function noteOfPhoto(file: string): Promise<string> {
  const classifier = { ...TINY_DESCRIPTION, model: brightnessModel() };
  const answer = await faces.answerPhoto(classifier, await faces.loadFaceFinder(), file);
  classifier.model.dispose();
  assert.ok(answer.error === undefined && answer.note !== undefined);
  return answer.note;
}

test('predict says of a model that was trained on drawings that its labels mean little', async () => {
  const { code, stdout } = await predict('--model', 'drawn', 'album/a.jpg');
  assert.equal(code, 0);
  assert.match(stdout, /trained on drawings/);
});

test('predict answers a folder without photos with one error row', async () => {
  await mkdir(join(folder, 'bare'));
  const result = await predict('--json', '--model', 'saved', 'bare');
  assert.equal(result.code, 1);
  assert.deepEqual(rowsOf(result), [
    {
      file: 'bare',
      error: 'bare: found a folder without photos, expected a photo or a folder of photos. Check the path.',
    },
  ]);
});

test('predict exits with 2 and prints its usage to stderr where no path or an unknown option is given', async () => {
  for (const args of [[], ['--jsn', 'album']]) {
    const { code, stdout, stderr } = await predict(...args);
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, /^predict: found .*\n\nUsage: /);
  }
});

test('predict says of a path that begins with a dash how to give it', async () => {
  const { code, stderr } = await predict('-dash.jpg');
  assert.equal(code, 2);
  assert.match(
    stderr,
    /^predict: found unknown option '-d', .*\. Give a path that begins with a dash as \.\/-NAME\. The/,
  );
});

test('predict exits with 2 and one sentence where there is no model, or a damaged one', async () => {
  const none = await predict('--model', 'album', 'album');
  assert.deepEqual([none.code, none.stdout], [2, '']);
  assert.match(
    none.stderr,
    /^\S+album: found no trained model, expected .*\. Run npm start, or notebook 3, to train one\.\n$/,
  );
  const weights = join(folder, 'drawn', 'weights.bin');
  await writeFile(weights, (await readFile(weights)).subarray(1));
  const damaged = await predict('--model', 'drawn', 'album');
  assert.deepEqual([damaged.code, damaged.stdout], [2, '']);
  assert.match(damaged.stderr, /^\S+drawn\/weights\.bin: found 31 bytes, expected 32 bytes\. .*\n$/);
});

test('predict --help prints its usage to stdout, with the name of each field that --json gives', async () => {
  const { code, stdout } = await predict('--help');
  assert.equal(code, 0);
  assert.match(stdout, /^Usage: npm run --silent predict/);
  const [row] = rowsOf(await predict('--json', '--model', 'saved', 'album/a.jpg'));
  for (const name of [...Object.keys(row), 'reason', 'error']) assert.ok(stdout.includes(`"${name}"`), name);
});
