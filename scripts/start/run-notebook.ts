/** Runs one notebook through scripts/run_notebook.py and passes on what it tells. */

import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { projectPath } from 'celeba-lab/dist/project';

/** What happens while a notebook runs; `cell` is the cell's index in the file. */
export type NotebookEvent =
  | { event: 'kernel'; pid: number }
  | { event: 'cell'; cell: number }
  | { event: 'stream'; cell: number; name: 'stdout' | 'stderr'; text: string }
  | { event: 'shown'; cell: number; text: string }
  | { event: 'cell-done'; cell: number; failed: boolean; seconds: number }
  | { event: 'kernel-lost'; message: string };

/** Which notebook, and where to. */
export interface NotebookRun {
  /** Absolute path; only read. */
  notebook: string;
  /** Absolute path for the executed notebook. */
  executed: string;
  /** The kernel's working directory. */
  folder: string;
  /** Environment of the kernel. */
  env: NodeJS.ProcessEnv;
  /** Ends the kernel and the run. */
  signal: AbortSignal;
  /** Told of each event, in order. */
  onEvent: (event: NotebookEvent) => void;
}

/** How a run ended. */
export interface NotebookEnd {
  /** `ok`, or why not. */
  status: 'ok' | 'failed' | 'interrupted';
  /** What the runner itself wrote to stderr: Python's own trouble. */
  complaint: string;
}

/**
 * Runs a notebook to its end, its first failing cell, or the signal. Nothing of it is left running afterwards.
 */
export async function runNotebook(run: NotebookRun): Promise<NotebookEnd> {
  const python = projectPath('.venv', 'bin', 'python');
  const script = projectPath('scripts', 'run_notebook.py');
  // stdin stays open as long as this process lives; the runner ends, with its kernel, when it closes.
  const child = spawn(python, [script, run.notebook, run.executed, run.folder], {
    env: run.env,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  let kernelPid: number | undefined;
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint = `${complaint}${text}`.slice(-4000)));
  const end = () => child.kill('SIGTERM');
  run.signal.addEventListener('abort', end);
  if (run.signal.aborted) end();
  try {
    const closed = closing(child).catch((error: Error) => {
      complaint += error.message;
      return null;
    });
    for await (const line of createInterface({ input: child.stdout })) {
      const event = JSON.parse(line) as NotebookEvent;
      if (event.event === 'kernel') kernelPid = event.pid;
      run.onEvent(event);
    }
    const code = await closed;
    const status = code === 0 ? 'ok' : run.signal.aborted ? 'interrupted' : 'failed';
    return { status, complaint };
  } finally {
    run.signal.removeEventListener('abort', end);
    child.kill('SIGTERM');
    if (kernelPid !== undefined) killGroup(kernelPid);
  }
}

function closing(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code));
  });
}

/** Where the runner was killed before it could end its kernel, the kernel is still there. */
function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
