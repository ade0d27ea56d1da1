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
  | { event: 'kernel-lost'; message: string }
  | { event: 'not-written'; message: string };

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
  /** The last of what came past the events: Python's own trouble, and what the kernel's children wrote themselves. */
  complaint: string;
}

const MOST_COMPLAINT = 4000;
// The runner's last words are in the pipe when it ends; what a notebook left running may hold that pipe open for ever.
const LAST_WORDS_MS = 1000;

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
  const complain = (text: string) => (complaint = `${complaint}${text}`.slice(-MOST_COMPLAINT));
  child.stderr.setEncoding('utf8').on('data', complain);
  const end = () => child.kill('SIGTERM');
  run.signal.addEventListener('abort', end);
  if (run.signal.aborted) end();
  try {
    const ended = ending(child).catch((error: Error) => {
      complain(error.message);
      return null;
    });
    for await (const line of createInterface({ input: child.stdout })) {
      const event = eventOf(line);
      if (event === undefined) complain(`${line}\n`);
      if (event?.event === 'kernel') kernelPid = event.pid;
      if (event) run.onEvent(event);
    }
    const code = await ended;
    const status = code === 0 ? 'ok' : run.signal.aborted ? 'interrupted' : 'failed';
    return { status, complaint };
  } finally {
    run.signal.removeEventListener('abort', end);
    child.kill('SIGTERM');
    child.stderr.destroy();
    if (kernelPid !== undefined) killGroup(kernelPid);
  }
}

/**
 * An event as the runner tells it.
 * @param line without its end
 * @returns    undefined for anything else, such as what Python writes before the runner begins
 * @example    eventOf('hello') // undefined
 */
export function eventOf(line: string): NotebookEvent | undefined {
  try {
    const event = JSON.parse(line) as NotebookEvent | null;
    return typeof event?.event === 'string' ? event : undefined;
  } catch {
    return undefined;
  }
}

function ending(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      const late = setTimeout(() => resolve(code), LAST_WORDS_MS);
      child.once('close', () => {
        clearTimeout(late);
        resolve(code);
      });
    });
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
