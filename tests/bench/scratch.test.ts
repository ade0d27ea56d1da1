/** The folder of a measurement, also where the measurement is cut short. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { project } from 'celeba-lab';
import { withScratch } from '../../scripts/bench/scratch';

const SCRIPTS = project.projectPath('scripts');
let folder: string;
before(async () => (folder = await mkdtemp(join(tmpdir(), 'scratch-'))));
after(() => rm(folder, { recursive: true }));

/** Runs TypeScript with a temporary folder of its own, ends it once its stderr matches, and tells what is left there. */
async function interrupted(name: string, signal: NodeJS.Signals, args: string[], seen: RegExp) {
  const env = { ...process.env, TMPDIR: join(folder, name), OUTPUTS: join(folder, 'outputs') };
  await mkdir(env.TMPDIR);
  const node = ['--require', 'ts-node/register/transpile-only', ...args];
  const child = spawn(process.execPath, node, { cwd: project.projectPath(), env, stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.on('data', (data: Buffer) => {
    stderr += data.toString();
    if (seen.test(stderr)) child.kill(signal);
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  const left = await readdir(env.TMPDIR);
  // Node's own, of modules that were compiled.
  return { code, left: left.filter((name) => !name.startsWith('v8-compile-cache')), stderr };
}

test('withScratch removes its folder when the work is done, and when it fails', async () => {
  const fill = async (scratch: string) => {
    await writeFile(join(scratch, 'a'), 'a');
    return scratch;
  };
  const done = await withScratch('scratch-', fill);
  let failed = '';
  await assert.rejects(
    withScratch('scratch-', async (scratch) => {
      failed = await fill(scratch);
      throw new Error('no figures');
    }),
    /no figures/,
  );
  assert.deepEqual([done, failed].map(existsSync), [false, false]);
});

for (const [signal, expected] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  test(`npm run bench -- --store that gets ${signal} leaves nothing in the temporary folder`, async () => {
    const args = [join(SCRIPTS, 'bench.ts'), '--store', '--photos', '20000'];
    const { code, left, stderr } = await interrupted(`store-${signal}`, signal, args, /writing 20000/);
    assert.deepEqual([code, left], [expected, []], stderr);
  });

test('a measurement that is interrupted ends its other side before it removes its folder', async () => {
  const script = join(folder, 'measure.ts');
  // One process: a shell's mkdir may outlive the shell for a moment, and bring the folder back.
  const other = `const { mkdirSync, writeFileSync } = require('node:fs');
    for (const inside = process.argv[1] + '/features'; ; ) {
      mkdirSync(inside, { recursive: true });
      writeFileSync(inside + '/x', 'x');
    }`;
  await writeFile(
    script,
    `import { Side } from '${SCRIPTS}/bench/side';
    import { withScratch } from '${SCRIPTS}/bench/scratch';
    withScratch('other-', async (folder) => {
      Side.start('other', process.execPath, ['-e', ${JSON.stringify(other)}, folder], process.env);
      setTimeout(() => console.error('at work'), 500);
      await new Promise(() => undefined);
    });`,
  );
  const { code, left } = await interrupted('other', 'SIGINT', [script], /at work/);
  assert.deepEqual([code, left], [130, []]);
});
