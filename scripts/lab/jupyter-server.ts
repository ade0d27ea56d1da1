/** A JupyterLab server for a browser that is driven by a program: own port, own settings, gone when stopped. */

import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, openSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeKernelspec } from './kernelspec';
import { NO_QUESTIONS, SAVING_OPTIONS, savingEnvironment, writeLabSettings } from './lab-settings';

const ROOT = resolve(__dirname, '..', '..');

/** A server that is up. */
export interface JupyterServer {
  /** Its address, with a slash at the end. */
  url: string;
  /** Shuts it down with its kernels. */
  stop(): Promise<void>;
}

/** How the server is started. */
export interface JupyterServerOptions {
  /** Environment variables of the kernels; default none beyond the inherited. */
  env?: Record<string, string>;
  /** Keep every cell in the page, for pictures of whole notebooks; default false, as JupyterLab does. */
  allCellsInPage?: boolean;
}

/**
 * Starts JupyterLab in a working folder that holds notebooks, or folders of them; all that it writes stays in that folder.
 * @param folder an existing folder; gets a link to the project's packages, so that its notebooks find celeba-lab
 */
export async function startJupyterServer(folder: string, options: JupyterServerOptions = {}): Promise<JupyterServer> {
  const jupyter = join(folder, '.jupyter');
  writeKernelspec(join(jupyter, 'data'), { env: options.env });
  const everyCell: Record<string, object> = options.allCellsInPage
    ? { 'notebook-extension/tracker': { windowingMode: 'none' } }
    : {};
  writeLabSettings(join(jupyter, 'settings'), { ...NO_QUESTIONS, ...everyCell });
  const notebooks = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ipynb'),
  );
  const packages = join(folder, 'node_modules');
  if (!existsSync(packages)) symlinkSync(join(ROOT, 'node_modules'), packages);
  const env = savingEnvironment({ ...process.env, ...serverEnvironment(jupyter) });
  // Saved tables keep their styles only in a trusted notebook.
  execFileSync(join(ROOT, '.venv', 'bin', 'jupyter-trust'), notebooks, { cwd: folder, env, stdio: 'ignore' });
  const log = openSync(join(jupyter, 'server.log'), 'w');
  const server = spawn(join(ROOT, '.venv', 'bin', 'jupyter-lab'), serverArguments(folder, jupyter), {
    cwd: folder,
    env,
    stdio: ['ignore', log, log],
  });
  const ended = new Promise<void>((done) => server.once('exit', () => done()));
  try {
    const url = await addressOf(server, jupyter);
    return { url, stop: () => stopServer(server, ended) };
  } catch (error) {
    await stopServer(server, ended);
    throw error;
  }
}

function serverArguments(folder: string, jupyter: string): string[] {
  return [
    '--no-browser',
    '--allow-root',
    '--ServerApp.ip=127.0.0.1',
    '--ServerApp.port=0',
    '--ServerApp.port_retries=0',
    `--ServerApp.root_dir=${folder}`,
    '--IdentityProvider.token=',
    '--ServerApp.terminals_enabled=False',
    `--LabApp.user_settings_dir=${join(jupyter, 'settings')}`,
    `--LabApp.workspaces_dir=${join(jupyter, 'workspaces')}`,
    '--LabApp.news_url=',
    '--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate',
    '--LabApp.extension_manager=readonly',
    ...SAVING_OPTIONS,
    // window.jupyterapp: what is ready, running or idle is asked of JupyterLab itself.
    '--LabApp.expose_app_in_browser=True',
  ];
}

function serverEnvironment(jupyter: string): Record<string, string> {
  return {
    JUPYTER_CONFIG_DIR: join(jupyter, 'config'),
    JUPYTER_DATA_DIR: join(jupyter, 'data'),
    JUPYTER_RUNTIME_DIR: join(jupyter, 'runtime'),
    JUPYTER_PATH: join(jupyter, 'data'),
    IPYTHONDIR: join(jupyter, 'ipython'),
  };
}

/** The server chooses a free port and writes it into its runtime folder. */
async function addressOf(server: ChildProcess, jupyter: string): Promise<string> {
  const runtime = join(jupyter, 'runtime');
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline && server.exitCode === null) {
    const info = existsSync(runtime)
      ? readdirSync(runtime).find((name) => /^jpserver-\d+\.json$/.test(name))
      : undefined;
    const content = info === undefined ? '' : readFileSync(join(runtime, info), 'utf8');
    if (content.trimEnd().endsWith('}')) {
      const { url } = JSON.parse(content) as { url: string };
      if (await answers(url)) return url;
    }
    await sleep(200);
  }
  throw new Error(`JupyterLab didn't start:\n${readFileSync(join(jupyter, 'server.log'), 'utf8').slice(-2000)}`);
}

async function answers(url: string): Promise<boolean> {
  return fetch(`${url}api/status`).then(
    (response) => response.ok,
    () => false,
  );
}

/** On SIGTERM the server shuts its kernels down; one that doesn't within 15 s is killed. */
async function stopServer(server: ChildProcess, ended: Promise<void>): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  server.kill('SIGTERM');
  const killer = setTimeout(() => server.kill('SIGKILL'), 15_000);
  await ended;
  clearTimeout(killer);
}
