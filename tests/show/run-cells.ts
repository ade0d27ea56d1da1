/** Runs cells through Jupyter's client in a real tslab kernel, with a kernelspec of its own. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** One output of a cell, as a notebook file stores it. */
export interface CellOutput {
  output_type: string;
  data?: Record<string, unknown>;
  metadata?: Record<string, unknown>;
  name?: string;
  text?: string;
}

const ROOT = resolve(__dirname, '..', '..');

/**
 * Runs the cells in one kernel that is started for them.
 * @param cells  sources, in order
 * @param folder an empty folder for the kernelspec
 * @returns      the outputs of each cell
 */
export function runCells(cells: string[], folder: string): CellOutput[][] {
  const spec = join(folder, 'kernels', 'cells');
  mkdirSync(spec, { recursive: true });
  const tslab = join(ROOT, 'node_modules', 'tslab', 'bin', 'tslab');
  const argv = [process.execPath, tslab, 'kernel', '--config-path', '{connection_file}'];
  writeFileSync(join(spec, 'kernel.json'), JSON.stringify({ argv, display_name: 'cells', language: 'typescript' }));
  const run = spawnSync(join(ROOT, '.venv', 'bin', 'python'), [join(__dirname, 'run-cells.py'), 'cells'], {
    cwd: ROOT,
    env: { ...process.env, JUPYTER_PATH: folder, JUPYTER_RUNTIME_DIR: join(folder, 'runtime') },
    input: JSON.stringify(cells),
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
  });
  if (run.status !== 0) throw new Error(`the cells didn't run: ${run.stderr}\n${run.stdout}`);
  return JSON.parse(run.stdout) as CellOutput[][];
}
