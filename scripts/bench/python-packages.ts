/** Python packages that only the comparison needs, kept apart from .venv. */

import { execFile } from 'node:child_process';
import { readFile, rename, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { files, project } from 'celeba-lab';
import { OutsideFault } from '../command';
import { pipEnvironment } from '../setup/pip-environment';

/**
 * Fetches the packages of a list on first use.
 * @param list    file beside this one, for pip
 * @returns folder for PYTHONPATH
 * @throws  OutsideFault with pip's last words where they can't be had
 */
export async function benchPackages(list = 'requirements.txt'): Promise<string> {
  const requirements = project.projectPath('scripts', 'bench', list);
  const key = files.sha256Of(await readFile(requirements));
  const folder = project.projectPath('.cache', `bench-packages-${key.slice(0, 12)}`);
  if (await files.exists(folder)) return folder;
  const aside = `${folder}.new`;
  await rm(aside, { recursive: true, force: true });
  const pip = ['-m', 'pip', 'install', '--no-deps', '--only-binary', ':all:', '--target', aside, '-r', requirements];
  const [python, env] = [project.projectPath('.venv', 'bin', 'python'), await pipEnvironment()];
  await promisify(execFile)(python, pip, { env }).catch((error: { stderr?: string }) => {
    throw new OutsideFault({
      where: 'npm run bench',
      found: `no packages: ${error.stderr?.trim().split('\n').pop() ?? 'pip failed'}`,
      expected: `the packages of scripts/bench/${list}, for the Python side`,
      remedy: 'Check the connection to the package index and run it again',
    });
  });
  await rename(aside, folder);
  return folder;
}
