import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, test } from 'node:test';
import { zipSync } from 'fflate';
import { project } from 'celeba-lab';
import { pipDownload } from 'celeba-lab/dist/vgg16/imagenet';

const PYTHON = project.projectPath('.venv', 'bin', 'python');

let folder: string;
let sha256: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pip-download-'));
  const metadata = 'Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\nRequires-Python: >=9\nRequires-Dist: absent\n';
  const tags = 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n';
  const wheel = zipSync({
    'tiny-1.0.dist-info/METADATA': Buffer.from(metadata),
    'tiny-1.0.dist-info/WHEEL': Buffer.from(tags),
    'tiny-1.0.dist-info/RECORD': new Uint8Array(),
  });
  await writeFile(join(folder, 'tiny-1.0-py3-none-any.whl'), wheel);
  sha256 = createHash('sha256').update(wheel).digest('hex');
  // pip looks into this folder instead of the network.
  Object.assign(process.env, { PIP_NO_INDEX: '1', PIP_FIND_LINKS: folder });
});
after(() => rm(folder, { recursive: true }));

test('pipDownload gets the one wheel, whatever Python and packages it asks for', async () => {
  const wheel = await pipDownload(PYTHON, 'tiny==1.0', sha256, join(folder, 'right'));
  assert.equal(basename(wheel), 'tiny-1.0-py3-none-any.whl');
  assert.equal(
    createHash('sha256')
      .update(await readFile(wheel))
      .digest('hex'),
    sha256,
  );
});

test('pipDownload refuses a wheel with another hash', async () => {
  const other = '0'.repeat(64);
  await assert.rejects(
    pipDownload(PYTHON, 'tiny==1.0', other, join(folder, 'wrong')),
    /pip download tiny==1\.0: found .*/,
  );
});

test('pipDownload names the package that is not there', async () => {
  const missing = pipDownload(PYTHON, 'huge==1.0', sha256, join(folder, 'missing'));
  await assert.rejects(missing, /No matching distribution found for huge==1\.0/);
});

test('pipDownload refuses a wheel that pip left behind when it failed', async () => {
  const python = join(folder, 'failing');
  const command = 'while [ "$1" != -d ]; do shift; done; touch "$2/half.whl"; exit 1';
  await writeFile(python, `#!/bin/sh\n${command}\n`, { mode: 0o755 });
  await assert.rejects(pipDownload(python, 'tiny==1.0', sha256, join(folder, 'half')), /found exit code 1/);
});

test('pipDownload names the Python that is missing, or that may not be run', async () => {
  const [missing, refused] = [join(folder, 'no-such-python'), join(folder, 'no-program')];
  await writeFile(refused, '');
  const start = (python: string) => pipDownload(python, 'tiny==1.0', sha256, join(folder, 'unstarted'));
  await assert.rejects(start(missing), {
    name: 'InputError',
    where: missing,
    found: 'no such program',
    remedy: 'Run npm run setup, which installs it',
  });
  await assert.rejects(start(refused), { where: refused, found: "a program that can't be started (EACCES)" });
});
