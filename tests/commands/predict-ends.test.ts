import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { model, project } from 'celeba-lab';
import sharp from 'sharp';
import { FAILS_TO_READ, NEEDS_PROC } from '../photos/write-photos';
import { saveTinyModel } from './predict/save-tiny-model';
import { runCommand, type CommandResult } from './run-command';

let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'predict-ends-'));
  await saveTinyModel(join(folder, 'saved'));
  await mkdir(join(folder, 'album'));
  for (const name of ['a.jpg', 'b.jpg', 'c.jpg'])
    await sharp({ create: { width: 40, height: 40, channels: 3, background: '#fff' } }).toFile(
      join(folder, 'album', name),
    );
  await writeFile(join(folder, 'notes.txt'), 'my notes');
});
after(() => rm(folder, { recursive: true }));

function predict(args: string[], env: NodeJS.ProcessEnv = {}): Promise<CommandResult> {
  return runCommand('predict.ts', ['--model', 'saved', ...args], { INIT_CWD: folder, ...env });
}

/** A run whose ends the test holds. */
function begin(args: string[], stdout: 'ignore' | number = 'ignore') {
  const script = project.projectPath('scripts', 'predict.ts');
  const node = ['--require', 'ts-node/register/transpile-only', script, ...args];
  const env = { ...process.env, INIT_CWD: folder };
  const child = spawn(process.execPath, node, { cwd: project.projectPath(), env, stdio: ['pipe', stdout, 'pipe'] });
  let stderr = '';
  child.stderr?.on('data', (data: Buffer) => (stderr += data.toString()));
  const ended = new Promise<{ code: number | null; stderr: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, stderr }));
  });
  return { child, ended, stderr: () => stderr };
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await setTimeout(20);
}

test('predict exits with 2 and one sentence for places where nothing can be written, and touches nothing', async () => {
  const refused: [string[], RegExp][] = [
    [['--out', 'album'], /^--out \S+album: found a folder, expected a file, or none yet\. /],
    [['--out', 'notes.txt/rows.jsonl'], /^--out \S+: found a path through something that is no folder/],
    [['--out', `${'n'.repeat(240)}.jsonl`], /^--out \S+: found a name of 246 bytes, expected at most 235 bytes/],
    [['--sheet', 'album'], /^--sheet \S+album: found a folder/],
    [['--sheet', 'album/b.jpg'], /^--sheet \S+b\.jpg: found the name of a photo/],
    [['--sheet', 'x', '--out', 'x'], /^--sheet \S+x: found a file of --out/],
    [['--sheet', 'x.model', '--out', 'x'], /^--sheet \S+x\.model: found a file of --out/],
    [['--aligned', 'notes.txt'], /^--aligned \S+notes\.txt: found a file, expected a folder/],
    [
      ['--out', '/sys/rows.jsonl'],
      /^--out \/sys\/rows\.jsonl: found a place that can't be written to \(E\w+\), expected /,
    ],
    [['--sheet', ''], /^predict: found an empty --sheet/],
    [['--out', ''], /^predict: found an empty --out/],
    [[''], /^predict: found an empty path/],
  ];
  const found = await readdir(folder);
  for (const [args, words] of refused) {
    const { code, stdout, stderr } = await predict([...args, 'album/a.jpg']);
    assert.deepEqual([code, stdout], [2, ''], args.join(' '));
    assert.match(stderr, words);
    assert.doesNotMatch(stderr, /\n {4}at /);
  }
  assert.deepEqual(await readdir(folder), found);
});

test('predict exits with 3 and one sentence where the disk is full', async (t) => {
  if (!existsSync('/dev/full')) return t.skip('needs /dev/full');
  const { code, stderr } = await begin(['--model', 'saved', 'album/a.jpg'].map(inFolder), openSync('/dev/full', 'w'))
    .ended;
  assert.deepEqual(
    [code, stderr],
    [3, 'predict broke down: ENOSPC: no space left on device, write; rows that were written stay.\n'],
  );
});

for (const [options, file, needed] of [
  [['--out', 'few.jsonl'], 'few.jsonl.model', '\\d+ bytes'],
  [['--out', 'few.jsonl'], 'few.jsonl', 'its rows'],
  [['--sheet', 'page.html'], 'page.html', 'the page'],
] as const)
  test(`predict ${options[0]} exits with 3 and names ${file} where the disk has no room for it`, async () => {
    const full = join(folder, 'full.cjs');
    const open = `const fs = require('fs/promises'); const open = fs.open;
    fs.open = async (path, ...rest) => {
      const file = await open(path, ...rest);
      const none = () => Promise.reject(Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' }));
      if (/\\/(${file}|\\.${file}\\.\\w+)$/.test(path)) file.writeFile = file.appendFile = none;
      return file;
    };`;
    await writeFile(full, open);
    const { code, stderr } = await predict([...options, 'album/a.jpg'], { NODE_OPTIONS: `--require ${full}` });
    assert.equal(code, 3, stderr);
    assert.match(stderr, new RegExp(`/${file}: found a full disk, expected room for ${needed}\\. Make room there`));
  });

/** Given at once instead of from where the user is. */
function inFolder(word: string): string {
  return word.startsWith('-') ? word : join(folder, word);
}

test('predict exits with 3 where a part of the program cannot be loaded', async () => {
  const broken = join(folder, 'broken.cjs');
  const load = `const M = require('module'); const load = M._load;
    M._load = (name, ...rest) => { if (name === 'celeba-lab') throw new Error('no addon'); return load(name, ...rest); };`;
  await writeFile(broken, load);
  const { code, stderr } = await predict(['album/a.jpg'], { NODE_OPTIONS: `--require ${broken}` });
  assert.equal(code, 3);
  assert.match(stderr, /^predict broke down: Error: no addon/);
});

test('predict --out exits with 1 for unreadable photos of this run, also of an earlier one, but not for others', async () => {
  await predict(['--out', 'mixed.jsonl', 'notes.txt']);
  assert.equal((await predict(['--out', 'mixed.jsonl', 'album/a.jpg'])).code, 0);
  assert.equal((await predict(['--out', 'mixed.jsonl', 'album/a.jpg', 'notes.txt'])).code, 1);
});

test('predict --out gives a photo that is named twice two rows, also where it goes on after the first', async () => {
  const args = ['--out', 'twice.jsonl', 'album/a.jpg', 'album/b.jpg', 'album/a.jpg'];
  await predict(args);
  const file = join(folder, 'twice.jsonl');
  const whole = await readFile(file, 'utf8');
  assert.equal(whole.match(/"file":"album\/a/g)?.length, 2);
  await writeFile(file, whole.slice(0, whole.indexOf('\n') + 1));
  assert.match((await predict(args)).stderr, /^1 of 3 photos are in /m);
  assert.equal(await readFile(file, 'utf8'), whole);
});

test('predict --out ends at a photo that the system fails to read, and goes on with it later', NEEDS_PROC, async () => {
  const [disk, args] = [join(folder, 'disk'), ['--out', 'later.jsonl', 'disk']];
  await mkdir(disk);
  await symlink(FAILS_TO_READ, join(disk, 'b.jpg'));
  for (const name of ['a.jpg', 'c.jpg']) await copyFile(join(folder, 'album', name), join(disk, name));
  const { code, stderr } = await predict(args);
  assert.match(
    stderr,
    /^\S+disk\/b\.jpg: found a fault of the system \(EIO: .*\), expected the photo's bytes\. .*\.\n$/,
  );
  assert.equal(code, 3);
  await rm(join(disk, 'b.jpg'));
  await copyFile(join(folder, 'album', 'b.jpg'), join(disk, 'b.jpg'));
  assert.equal((await predict(args)).code, 0);
  const rows = (await readFile(join(folder, 'later.jsonl'), 'utf8')).trim().split('\n');
  const found = rows.map((row) => JSON.parse(row) as { file: string; error?: string });
  assert.deepEqual(
    found.map(({ file, error }) => [file, error]),
    ['a', 'b', 'c'].map((name) => [`disk/${name}.jpg`, undefined]),
  );
});

test('predict --sheet --out, given again, leaves the page alone; with more photos it writes a second one', async () => {
  const args = ['--out', 'paged.jsonl', '--sheet', 'page.html', 'album/a.jpg', 'album/b.jpg'];
  await predict(args);
  const page = await readFile(join(folder, 'page.html'), 'utf8');
  const again = await predict(args);
  assert.match(again.stderr, /page\.html is left as it is: no photo was left to answer\.\n/);
  const more = await predict([...args, 'album/c.jpg']);
  assert.match(more.stderr, /page\.html is left as it is, with photos of an earlier run; .*page-2\.html\.\n/);
  assert.equal(await readFile(join(folder, 'page.html'), 'utf8'), page);
  const second = await readFile(join(folder, 'page-2.html'), 'utf8');
  assert.deepEqual(second.match(/album\/.\.jpg/g), ['album/c.jpg']);
});

test('predict shows an unreadable photo whose name has signs of patterns by that name', async () => {
  const name = "$&$'$`.jpg";
  await writeFile(join(folder, name), 'a text');
  const { stdout } = await predict(['--json', name]);
  const { error } = JSON.parse(stdout) as { error: string };
  assert.ok(error.startsWith(`${name}: found text`), error);
});

test('predict --out beside another process is refused, and its rows stay whole', async () => {
  const rows = join(folder, 'shared.jsonl');
  await predict(['--out', rows, 'album/a.jpg']);
  const before = await readFile(rows, 'utf8');
  await writeFile(`${rows}.lock`, JSON.stringify({ host: 'node-17', pid: 1, began: '1' }));
  const { code, stderr } = await predict(['--out', rows, 'album']);
  assert.equal(code, 2);
  assert.match(
    stderr,
    /found another predict that writes there \(process 1 on node-17, as \S+shared\.jsonl\.lock says\)/,
  );
  assert.equal(await readFile(rows, 'utf8'), before);
});

test('predict --out gives its lock back also where it is refused later', async () => {
  await writeFile(join(folder, 'other-rows.jsonl'), 'my notes\n');
  assert.equal((await predict(['--out', 'other-rows.jsonl', 'album'])).code, 2);
  assert.equal(existsSync(join(folder, 'other-rows.jsonl.lock')), false);
});

for (const [signal, expected] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  test(`predict that is ended by ${signal} leaves whole rows, and neither a lock nor a page that is not done`, async () => {
    const place = join(folder, `ended-${signal}`);
    await mkdir(place);
    // Enough work that the signal comes in its midst.
    const list = 'album/a.jpg\n'.repeat(20_000);
    const names = ['--out', join(place, 'rows.jsonl'), '--sheet', join(place, 'page.html')];
    const { child, ended } = begin(['--model', join(folder, 'saved'), ...names, '-']);
    child.stdin?.end(list);
    await until(async () => (await readdir(place)).some((name) => name.startsWith('.page.html.')));
    child.kill(signal);
    assert.equal((await ended).code, expected);
    assert.deepEqual((await readdir(place)).sort(), ['rows.jsonl', 'rows.jsonl.model']);
  });
}

test('predict goes on with its rows where nobody reads on what it says beside them', async () => {
  const out = join(folder, 'unheard.jsonl');
  const { child, ended } = begin(['--model', 'saved', '--progress', '--out', out, 'album']);
  child.stderr?.destroy();
  assert.equal((await ended).code, 0);
  assert.equal((await readFile(out, 'utf8')).split('\n').length - 1, 3);
});

test('predict notes the model that it loaded, also where a training replaced it since', async () => {
  await saveTinyModel(join(folder, 'replaced'));
  const loaded = await model.fingerprintOfClassifier(join(folder, 'replaced'));
  const args = [
    '--model',
    join(folder, 'replaced'),
    '--aligned',
    join(folder, 'kept'),
    '--out',
    join(folder, 'noted.jsonl'),
    '-',
  ];
  const { child, ended, stderr } = begin(args);
  await until(() => stderr().includes('--aligned: the model knows no frame'));
  await saveTinyModel(join(folder, 'replaced'), { classNames: ['dim', 'light'] });
  child.stdin?.end('album/a.jpg\n');
  assert.equal((await ended).code, 0);
  assert.match(await readFile(join(folder, 'noted.jsonl'), 'utf8'), /"label":"bright"/);
  assert.equal(await readFile(join(folder, 'noted.jsonl.model'), 'utf8'), `${loaded}\n${folder}\n`);
});
