import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { project } from 'celeba-lab';
import sharp from 'sharp';
import { runCommand, type CommandResult } from './run-command';
import { gone } from './start/gone';
import { NO_KERNEL, tinyNotebook, writeNotebooks } from './start/tiny-notebook';

// What these tests show would otherwise be waited for without end.
const NOT_FOR_EVER = { skip: NO_KERNEL, timeout: 120_000 };

const REPORT = `import { updateReport } from 'celeba-lab/dist/project';
await updateReport(process.env.OUTPUTS!, { test: { n: 8, accuracy: 0.75, interval: [0.4093, 0.9285] } });`;
const FAILING = `import { InputError } from 'celeba-lab/dist/errors';
function check() { throw new InputError({ where: 'BATCH', found: '0', expected: '1', remedy: 'Set BATCH=1' }); }
check();`;

let folder: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'start-'));
  for (const name of ['dark', 'bright']) {
    await mkdir(join(folder, 'dataset', name), { recursive: true });
    for (let i = 0; i < 10; i++) {
      const background = { r: 20 * i, g: 9, b: name.length };
      const file = join(folder, 'dataset', name, `${i}.png`);
      await sharp({ create: { width: 20, height: 20, channels: 3, background } }).toFile(file);
    }
  }
});

after(() => rm(folder, { recursive: true }));

function environment(name: string): NodeJS.ProcessEnv {
  return { DATASET: join(folder, 'dataset'), OUTPUTS: join(folder, name, 'outputs'), INIT_CWD: folder };
}

function start(name: string, ...args: string[]): Promise<CommandResult> {
  return runCommand('start.ts', ['--notebooks', name, ...args], environment(name));
}

test('start says that class folders have no use for ATTRIBUTE, before anything runs', async () => {
  await writeNotebooks(folder, 'too-many', { '01-look.ipynb': tinyNotebook('1;') });
  const tooMany = { ...environment('too-many'), TRAIN: '1000' };
  const run = (env: NodeJS.ProcessEnv) => runCommand('start.ts', ['--notebooks', 'too-many'], { ...tooMany, ...env });
  const said = /^ATTRIBUTE=Smiling is not used: what is learned are the folders\.$/m;
  assert.match((await run({ ATTRIBUTE: 'Smiling' })).stdout, said);
  const { code, stdout } = await run({});
  assert.equal(code, 2);
  assert.match(stdout, /one folder a class \(bright, dark\)/);
  assert.doesNotMatch(stdout, /ATTRIBUTE/);
});

test(
  'start runs the notebooks in order and prints the test accuracy of the report last',
  { skip: NO_KERNEL },
  async () => {
    const notebooks = await writeNotebooks(folder, 'good', {
      '02-report.ipynb': tinyNotebook('# Two', '## Report', REPORT),
      '01-look.ipynb': tinyNotebook('# One', "console.log('seen', process.cwd().endsWith('good'));"),
      'draft.ipynb': tinyNotebook('throw 1;'),
    });
    const before = await readFile(join(notebooks, '01-look.ipynb'), 'utf8');
    const { code, stdout, stderr } = await start('good');
    assert.deepEqual([code, stderr], [0, '']);
    const lines = stdout.trimEnd().split('\n');
    const shown = lines.map((line) => line.replace(/\d+(\.\d+)? s/g, 'T').trim());
    assert.deepEqual(shown.slice(1, 7), [
      '01-look',
      '1/1  One  T',
      'done: 1 cell, T',
      '02-report',
      '1/1  Report  T',
      'done: 1 cell, T',
    ]);
    assert.equal(lines.at(-1), 'Test accuracy 75.0 % (95 % interval 40.9 to 92.8 %, 8 photos)');
    assert.equal(await readFile(join(notebooks, '01-look.ipynb'), 'utf8'), before);
    assert.deepEqual(await readdir(join(notebooks, 'outputs', 'notebooks')), ['01-look.ipynb', '02-report.ipynb']);
    assert.match(await readFile(join(notebooks, 'outputs', 'notebooks', '01-look.ipynb'), 'utf8'), /seen true/);
  },
);

test('start of some notebooks prints a test accuracy only where they wrote one', { skip: NO_KERNEL }, async () => {
  await writeNotebooks(folder, 'some', {
    '01-look.ipynb': tinyNotebook('# One', 'const x = 1;'),
    '02-report.ipynb': tinyNotebook('# Two', REPORT),
  });
  const last = async (number: string) => (await start('some', number)).stdout.trimEnd().split('\n').at(-1);
  assert.match((await last('02')) ?? '', /^Test accuracy 75\.0 %/);
  assert.equal(await last('01'), 'No test accuracy: no notebook of this run has written one to the report.');
  // The same figures again, but of this run.
  assert.match((await last('02')) ?? '', /^Test accuracy 75\.0 %/);
});

test(
  'start tells in one sentence that the executed notebook could not be written, and after which cell; nothing is left of it',
  { skip: NO_KERNEL },
  async () => {
    const executed = join(folder, 'full', 'outputs', 'notebooks', '01-a.ipynb');
    // A folder in its place: as on a full disk, what was written aside can't become the file.
    const block = `import { mkdirSync } from 'node:fs';\nmkdirSync(${JSON.stringify(executed)});`;
    await writeNotebooks(folder, 'full', { '01-a.ipynb': tinyNotebook('# One', 'const x = 1;', '## Last', block) });
    const { code, stderr } = await start('full');
    const sentence = /01-a\.ipynb: found a place where .* can't be written \(Is a directory\), expected .*again\.\n$/;
    assert.match(stderr, new RegExp(`^01-a, after cell 2 of 2 \\(Last\\) failed:\n\\S+${sentence.source}`));
    assert.equal(code, 1);
    assert.deepEqual(await readdir(join(folder, 'full', 'outputs', 'notebooks')), ['01-a.ipynb']);
  },
);

test(
  'start ends at a failing cell with its notebook, number, heading and sentence, and no stack',
  { skip: NO_KERNEL },
  async () => {
    const notebooks = await writeNotebooks(folder, 'bad', {
      '01-fails.ipynb': tinyNotebook('# One', 'const x = 1;', '## Check the batch', FAILING, 'x'),
      '02-never.ipynb': tinyNotebook('# Two', 'const y = 2;'),
    });
    const { code, stdout, stderr } = await start('bad');
    assert.equal(code, 1);
    const message = 'BATCH: found 0, expected 1. Set BATCH=1.';
    assert.equal(stderr, `01-fails, cell 2 of 3 (Check the batch) failed:\n${message}\n`);
    assert.doesNotMatch(stdout, /02-never|Test accuracy/);
    assert.deepEqual(await readdir(join(notebooks, 'outputs')), ['notebooks']);
  },
);

test('start tells of a kernel that died', { skip: NO_KERNEL }, async () => {
  await writeNotebooks(folder, 'dying', {
    '01-dies.ipynb': tinyNotebook('# One', "process.kill(process.pid, 'SIGKILL');"),
  });
  const { code, stderr } = await start('dying');
  assert.equal(code, 1);
  assert.match(stderr, /^01-dies, cell 1 of 1 \(One\) failed:\nThe notebook's process was ended from outside, /);
});

test(
  'start goes on where a program that a cell starts, or leaves running, writes to stdout itself',
  NOT_FOR_EVER,
  async () => {
    const loud = `import { spawn, spawnSync } from 'node:child_process';
spawnSync('echo', ['hello'], { stdio: 'inherit' });
const left = spawn('sleep', ['300'], { stdio: 'inherit', detached: true });
left.unref();
console.log('Epoch 1: left', left.pid);`;
    await writeNotebooks(folder, 'loud', { '01-loud.ipynb': tinyNotebook('# One', loud) });
    const { code, stdout, stderr } = await start('loud');
    const left = /left (\d+)/.exec(stdout)?.[1];
    assert.ok(left, stderr);
    process.kill(Number(left), 'SIGKILL');
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(stdout, /done: 1 cell/);
  },
);

for (const [signal, alone] of [
  ['SIGINT', true],
  ['SIGKILL', true],
  ['SIGKILL', false],
] as const)
  test(
    alone
      ? `start that gets ${signal} leaves no kernel behind`
      : 'start and its runner that are killed leave no kernel behind',
    { skip: NO_KERNEL || (!alone && process.platform !== 'linux' && 'only Linux ends it') },
    async () => {
      const waiting =
        "console.log('Epoch 1: kernel', process.pid, process.ppid);\nawait new Promise((resolve) => setTimeout(resolve, 60000));";
      const name = `stopped-${signal}-${alone}`;
      await writeNotebooks(folder, name, { '01-waits.ipynb': tinyNotebook('# One', waiting) });
      const script = ['--require', 'ts-node/register/transpile-only', project.projectPath('scripts/start.ts')];
      const run = spawn(process.execPath, [...script, '--notebooks', name], {
        env: { ...process.env, ...environment(name) },
      });
      const [kernel, runner] = await new Promise<number[]>((resolve) => {
        run.stdout.on('data', (data: Buffer) => {
          const found = /kernel (\d+) (\d+)/.exec(data.toString());
          if (found) resolve([Number(found[1]), Number(found[2])]);
        });
      });
      if (!alone) process.kill(runner, signal);
      run.kill(signal);
      const code = await new Promise((resolve) => run.once('exit', resolve));
      assert.equal(code, signal === 'SIGINT' ? 130 : null);
      await gone(kernel);
    },
  );

test('start refuses a bad DATASET, setting, option and notebook number with one sentence, before anything runs', async () => {
  await writeNotebooks(folder, 'unused', { '01-a.ipynb': tinyNotebook('# One', 'throw 1;') });
  const wrong: [args: string[], env: NodeJS.ProcessEnv, sentence: RegExp][] = [
    [[], { DATASET: join(folder, 'none') }, /none: found no such folder, expected /],
    [[], { EPOCHS: 'ten' }, /^EPOCHS: found "ten", expected a whole number above 0\./],
    [['--fast'], {}, /^npm start: found unknown option '--fast', expected /],
    [['07'], {}, /found no notebook that begins with "07", expected one of 01-a\.ipynb/],
    // Where no system lets anybody make a folder.
    [[], { OUTPUTS: '/sys/outputs' }, /^\/sys\/outputs: found a place that can't be written to \(E.*\), expected /],
    [['--update'], {}, /^DATASET: found ".*", expected no setting/],
  ];
  for (const [args, env, sentence] of wrong) {
    const all = { ...environment('unused'), ...env };
    const { code, stdout, stderr } = await runCommand('start.ts', ['--notebooks', 'unused', ...args], all);
    assert.equal(code, 2, stderr);
    assert.match(stderr, sentence);
    assert.equal(stderr.trimEnd().split('\n').length, 1, stderr);
    assert.doesNotMatch(stdout, /01-a/);
  }
  assert.equal(existsSync(join(folder, 'unused', 'outputs')), false);
});

test("start leaves the user's own notebooks in the outputs folder, and refuses those that it would write over", async () => {
  const work = join(folder, 'work');
  await mkdir(work);
  const own = await writeNotebooks(folder, join('work', 'notebooks'), {
    '01-fails.ipynb': tinyNotebook('# One', 'throw 1;'),
  });
  const env = { ...environment('work'), OUTPUTS: work };
  const { code, stderr } = await runCommand('start.ts', ['--notebooks', own], env);
  assert.deepEqual([code, await readdir(own)], [2, ['01-fails.ipynb', 'node_modules']]);
  assert.match(stderr, /^OUTPUTS, .*work: found a folder whose notebooks\/ are the sources, /);
  await writeNotebooks(folder, 'other', { '02-fails.ipynb': tinyNotebook('# Two', 'throw 1;') });
  await runCommand('start.ts', ['--notebooks', 'other'], env);
  assert.ok((await readdir(own)).includes('01-fails.ipynb'));
});

test('start refuses to run beside another one in the same outputs folder', async () => {
  const outputs = join(await writeNotebooks(folder, 'shared', { '01-a.ipynb': tinyNotebook('# One') }), 'outputs');
  await mkdir(outputs);
  await writeFile(join(outputs, '.running'), JSON.stringify({ pid: process.pid, began: '', what: 'npm start' }));
  const { code, stderr } = await start('shared');
  assert.equal(code, 2);
  assert.match(stderr, /outputs: found another npm start at work \(process \d+\), expected one at a time\./);
});

test('start refuses more photos than there are before any notebook runs, and says how many there are', async () => {
  await writeNotebooks(folder, 'many', { '01-one.ipynb': tinyNotebook('const x = 1;') });
  const args = ['--notebooks', join(folder, 'many')];
  const { code, stderr } = await runCommand('start.ts', args, { ...environment('many'), TEST: '500' });
  assert.equal(code, 2);
  assert.match(
    stderr,
    /^TEST: found 500, expected at most 4: dataset has 4 test photos .*Set TEST=4, or leave it out\.\n$/,
  );
  assert.equal(existsSync(join(folder, 'many', 'outputs')), false);
});
