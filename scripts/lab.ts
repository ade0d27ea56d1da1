/** Opens the notebooks in JupyterLab. Usage: npm run lab [-- JupyterLab's own arguments, such as --no-browser or --port 9000] */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { projectPath } from 'celeba-lab/dist/project';
import { endWith, exitCodeOf, OutsideFault, say } from './command';
import { projectEnvironment } from './environment';
import { NO_QUESTIONS, SAVING_OPTIONS, savingEnvironment, writeLabSettings } from './lab/lab-settings';

const FIRST_PAGE = '/lab/tree/notebooks/01-celeba.ipynb';

// Nothing is asked of other machines, no foreign kernel is offered, and JupyterLab's own packages stay as set-up pinned them.
const OPTIONS = [
  '--LabApp.news_url=None',
  '--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate',
  '--LabApp.extension_manager=readonly',
  '--KernelSpecManager.ensure_native_kernel=False',
  "--KernelSpecManager.allowed_kernelspecs={'tslab'}",
  '--MappingKernelManager.default_kernel_name=tslab',
];

async function main(words: string[]): Promise<number> {
  const isRoot = process.getuid?.() === 0;
  if (isRoot) say('You are root, so JupyterLab is started with --allow-root: whoever can reach it acts as root.');
  say('JupyterLab opens in the browser; its address is below. Ctrl-C twice ends it.');
  const env = projectEnvironment();
  writeLabSettings(env.JUPYTERLAB_SETTINGS_DIR as string, NO_QUESTIONS);
  const places = [`--ServerApp.root_dir=${projectPath()}`, `--LabApp.default_url=${FIRST_PAGE}`];
  const options = [...places, ...OPTIONS, ...SAVING_OPTIONS, ...(isRoot ? ['--allow-root'] : []), ...words];
  const lab = spawn(projectPath('.venv', 'bin', 'jupyter-lab'), options, {
    cwd: projectPath(),
    env: savingEnvironment(env),
    stdio: 'inherit',
  });
  // A terminal sends Ctrl-C to JupyterLab itself, which asks; other senders reach only this process.
  process.on('SIGINT', () => process.stdin.isTTY || lab.kill('SIGINT'));
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => lab.kill(signal));
  const [code, signal] = (await once(lab, 'exit').catch((error: Error) => {
    throw startFault(error);
  })) as [number | null, NodeJS.Signals | null];
  return exitCodeOf(code, signal);
}

function startFault({ message }: Error): OutsideFault {
  const found = `a program that can't be started (${message})`;
  return new OutsideFault({ where: 'JupyterLab', found, expected: 'its server', remedy: 'Run npm run doctor' });
}

endWith(main(process.argv.slice(2)));
