import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import sharp from 'sharp';
import { saveTinyModel } from './predict/save-tiny-model';
import { runCommand, type CommandResult } from './run-command';

const COUNT = 23;

let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'predict-many-'));
  await saveTinyModel(join(folder, 'saved'));
  await mkdir(join(folder, 'album', 'ß 顔'), { recursive: true });
  for (let i = 0; i < COUNT; i++) {
    const name = i % 5 === 4 ? `ß 顔/line\n${i}.jpg` : `${i}.jpg`;
    if (i === 7) await writeFile(join(folder, 'album', name), 'a text');
    else
      await picture(11 * i)
        .jpeg()
        .toFile(join(folder, 'album', name));
  }
});

after(() => rm(folder, { recursive: true }));

function picture(level: number): sharp.Sharp {
  return sharp({ create: { width: 40, height: 40, channels: 3, background: { r: level, g: level, b: level } } });
}

function predict(args: string[], env: NodeJS.ProcessEnv = {}, input?: string): Promise<CommandResult> {
  return runCommand('predict.ts', ['--model', 'saved', ...args], { INIT_CWD: folder, ...env }, input);
}

test('predict in 4 parts as 4 processes, numbered by Slurm, gives the same lines as one process', async () => {
  const whole = await predict(['--json', 'album']);
  const parts = await Promise.all(
    [1, 2, 3, 4].map((id) => {
      const slurm = { SLURM_ARRAY_TASK_MIN: '1', SLURM_ARRAY_TASK_MAX: '4', SLURM_ARRAY_TASK_COUNT: '4' };
      return predict(['--json', 'album'], { ...slurm, SLURM_ARRAY_TASK_ID: String(id) });
    }),
  );
  assert.equal(whole.code, 1, whole.stderr);
  assert.deepEqual(parts.map(({ code }) => code).sort(), [0, 0, 0, 1]);
  assert.equal(parts.map(({ stdout }) => stdout).join(''), whole.stdout);
  assert.equal(whole.stdout.trimEnd().split('\n').length, COUNT);
});

test("predict's parts in CSV, one after the other, are what one process writes: on stdout, in files, and gone on with", async () => {
  const whole = await predict(['--csv', 'album']);
  const printed = await Promise.all([0, 1].map((part) => predict(['--csv', '--shard', `${part}/2`, 'album'])));
  assert.equal(printed.map(({ stdout }) => stdout).join(''), whole.stdout);
  assert.equal(whole.stdout.match(/^file,label,/gm)?.length, 1);
  const parts = [0, 1].map((part) => join(folder, `part-${part}.csv`));
  await writeFile(parts[1], printed[1].stdout.slice(0, -30));
  for (const [part, file] of parts.entries()) {
    const { code, stderr } = await predict(['--out', file, '--shard', `${part}/2`, 'album']);
    assert.equal(code, printed[part].code, stderr);
    assert.equal(/^\d+ of 12 photos are in \S+ already\./.test(stderr), part === 1, stderr);
  }
  const texts = await Promise.all(parts.map((file) => readFile(file, 'utf8')));
  assert.equal(texts.join(''), whole.stdout);
  const { code, stderr } = await predict(['--out', parts[0], '--shard', '1/2', 'album']);
  assert.equal(code, 2);
  assert.match(stderr, /part-0\.csv, line 1: found the line of names, which only part 0 begins with, expected /);
});

test('predict --out goes on after an interruption, and then has each photo once, in CSV as in JSON', async () => {
  for (const name of ['rows.jsonl', 'rows.csv']) {
    const args = ['--out', name, '--progress', 'album'];
    const first = await predict([...args.slice(0, 3), '--shard', '0/3', 'album']);
    assert.match(first.stderr, /100 % {2}7 of 7 photos/);
    const file = join(folder, name);
    const begun = await readFile(file, 'utf8');
    await writeFile(file, begun.slice(0, -5));
    const second = await predict(args);
    assert.equal(second.code, 1);
    assert.match(second.stderr, /^6 of 23 photos are in \S+ already\.\n/);
    assert.equal(second.stdout, '');
    const text = await readFile(file, 'utf8');
    assert.ok(text.startsWith(begun), name);
    const firsts = text.match(name.endsWith('csv') ? /^"?album/gm : /^\{"file":"album/gm);
    assert.equal(firsts?.length, COUNT);
  }
});

test("predict --out refuses to add to another model's rows, and leaves them as they are", async () => {
  const [rows, other] = ['of-one-model.jsonl', 'other'].map((name) => join(folder, name));
  await predict(['--out', rows, 'album/0.jpg']);
  const before = await readFile(rows, 'utf8');
  await saveTinyModel(other, { classNames: ['dim', 'light'] });
  const { code, stderr } = await predict(['--model', other, '--out', rows, 'album']);
  assert.equal(code, 2);
  assert.match(stderr, /found rows of another model \(noted in .+\.model\), expected rows of the model in .+other/);
  assert.equal(await readFile(rows, 'utf8'), before);
});

test('predict --out refuses the same names from another folder, and leaves the rows as they are', async () => {
  const rows = join(folder, 'of-one-folder.jsonl');
  const model = join(folder, 'saved');
  const from = (INIT_CWD: string): Promise<CommandResult> =>
    predict(['--model', model, '--out', rows, '0.jpg'], { INIT_CWD });
  for (const name of ['first', 'second'])
    await cp(join(folder, 'album', '0.jpg'), join(folder, name, '0.jpg'), { recursive: true });
  assert.equal((await from(join(folder, 'first'))).code, 0);
  const before = await readFile(rows, 'utf8');
  const { code, stderr } = await from(join(folder, 'second'));
  assert.equal(code, 2, stderr);
  assert.match(
    stderr,
    /^\S+jsonl: found rows whose paths start from \S+first \(noted in .+\), expected rows from \S+second\. /,
  );
  assert.equal(await readFile(rows, 'utf8'), before);
  assert.match((await from(join(folder, 'first'))).stderr, /^1 of 1 photos are in \S+ already\.\n/);
  // Whole paths are the same from everywhere.
  const whole = await predict(['--model', model, '--out', rows, join(folder, 'second', '0.jpg')], {
    INIT_CWD: tmpdir(),
  });
  assert.equal(whole.code, 0, whole.stderr);
  assert.equal((await from(join(folder, 'second'))).code, 2);
});

test('predict --out goes on with a model that a crashed run had set aside', async () => {
  const crashed = join(folder, 'crashed');
  await cp(join(folder, 'saved'), join(crashed, 'model'), { recursive: true });
  const args = ['--model', join(crashed, 'model'), '--out', 'crashed.jsonl'];
  await predict([...args, 'album/0.jpg']);
  await rename(join(crashed, 'model'), join(crashed, '.model.old'));
  const { code, stderr } = await predict([...args, 'album/0.jpg', 'album/1.jpg']);
  assert.equal(code, 0, stderr);
  assert.match(stderr, /^1 of 2 photos are in \S+ already\.\n/);
});

test('predict reads a list on stdin, separated by NUL, and quoted patterns', async () => {
  const { stdout, code } = await predict(['--json', '-', 'album/1?.jpg'], {}, 'album/ß 顔/line\n9.jpg\0album/0.jpg\0');
  const files = stdout
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { file: string }).file);
  assert.equal(code, 0);
  assert.deepEqual(files.slice(0, 2), ['album/ß 顔/line\n9.jpg', 'album/0.jpg']);
  assert.deepEqual(
    files.slice(2),
    [10, 11, 12, 13, 15, 16, 17, 18].map((i) => `album/${i}.jpg`),
  );
});

test('predict --sheet leaves one page with a picture and an answer for each photo, and the sentence on labels', async () => {
  const { code, stderr } = await predict(['--sheet', 'sheet.html', 'album/0.jpg', 'album/7.jpg', 'album/ß 顔']);
  assert.equal(code, 1, stderr);
  const page = await readFile(join(folder, 'sheet.html'), 'utf8');
  assert.equal(page.match(/<figure>/g)?.length, 6);
  assert.equal(page.match(/src="data:image\/jpeg;base64,/g)?.length, 5);
  assert.match(page, /what the annotators of test pictures would have answered to &#34;brightness&#34;/);
  assert.match(page, /dark \(\d+\.\d %\)[^]*7\.jpg: found text, not a picture/);
  assert.doesNotMatch(page, /(src|href)="(?!data:)/);
});

test('predict --sheet in parts leaves a page for each, with its photos only, and says where, numbered by hand or by Slurm', async () => {
  const args = ['--json', '--sheet', 'parted.html', 'album/0.jpg', 'album/1.jpg'];
  const numbers = { SLURM_ARRAY_TASK_MIN: '0', SLURM_ARRAY_TASK_MAX: '1', SLURM_ARRAY_TASK_COUNT: '2' };
  const runs = [
    predict(['--shard', '0/2', ...args]),
    predict(args, { ...numbers, SLURM_ARRAY_TASK_ID: '1' }),
    predict(['--shard', '0/1', ...args]),
  ];
  const [first, second, whole] = await Promise.all(runs);
  assert.match(first.stderr, /^--sheet: part 0 of 2, from 0, has a page of its own, \S+\/parted-part-0\.html\.$/m);
  assert.match(second.stderr, /^--sheet: part 1 of 2, from 0, has a page of its own, \S+\/parted-part-1\.html\.$/m);
  assert.doesNotMatch(whole.stderr, /--sheet/);
  const shown = ['parted-part-0.html', 'parted-part-1.html', 'parted.html'].map(async (name) =>
    (await readFile(join(folder, name), 'utf8')).match(/album\/.\.jpg/g),
  );
  assert.deepEqual(await Promise.all(shown), [['album/0.jpg'], ['album/1.jpg'], ['album/0.jpg', 'album/1.jpg']]);
});

test('predict answers pictures of other kinds by their first frame, or with one sentence that names the kind', async () => {
  const odd = join(folder, 'odd');
  await mkdir(odd);
  const frames = await Promise.all([250, 5].map((level) => picture(level).png().toBuffer()));
  for (const kind of ['gif', 'webp'] as const)
    await sharp(frames, { join: { animated: true } })
      .toFormat(kind)
      .toFile(join(odd, `animated.${kind}`));
  await writeFile(join(odd, 'phone.heic'), Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'));
  await writeFile(join(odd, 'drawing.svg.png'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await writeFile(join(odd, 'paper.pdf.jpg'), Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1'));
  const large = sharp({ create: { width: 10_000, height: 10_000, channels: 3, background: '#fff' } });
  await large.jpeg().toFile(join(odd, 'huge.jpg'));
  await writeFile(join(odd, 'bomb.png'), bomb());
  const { stdout } = await predict(['--json', 'odd']);
  const rows = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { file: string; label?: string; error?: string });
  const outcome = Object.fromEntries(rows.map(({ file, label, error }) => [file.slice(4), label ?? error ?? '']));
  assert.deepEqual([outcome['animated.gif'], outcome['animated.webp']], ['bright', 'bright']);
  assert.match(outcome['phone.heic'], /found a HEIC picture, expected .*Save it as JPEG or PNG\.$/);
  assert.match(outcome['drawing.svg.png'], /found an SVG drawing/);
  assert.match(outcome['paper.pdf.jpg'], /found a PDF document/);
  assert.match(outcome['huge.jpg'], /found 10,000 x 10,000 pixels/);
  assert.match(outcome['bomb.png'], /found 60,000 x 60,000 pixels/);
  assert.equal(existsSync(join(folder, 'aligned')), false);
});

/** A PNG of 60,000 x 60,000 pixels, as its header says. */
function bomb(): Buffer {
  const header = Buffer.alloc(33);
  header.write('\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR', 'latin1');
  header.writeUInt32BE(60_000, 16);
  header.writeUInt32BE(60_000, 20);
  header.set([8, 2, 0, 0, 0], 24);
  header.writeUInt32BE(crc32(header.subarray(12, 29)), 29);
  return Buffer.concat([header, Buffer.from('\0\0\0\0IDAT', 'latin1'), Buffer.from([0x35, 0xaf, 0x06, 0x1e])]);
}

function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
