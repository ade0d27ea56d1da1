/** The kernelspec that set-up installed, with another Node or other variables, in a folder for JUPYTER_PATH. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const INSTALLED = resolve(__dirname, '..', '..', '.venv', 'share', 'jupyter', 'kernels', 'tslab', 'kernel.json');

/** What differs from the kernel that set-up installed. */
export interface KernelspecOptions {
  /** The Node that runs it; default the one running this. */
  node?: string;
  /** Environment variables of the kernel, beside TensorFlow's settings and over those it inherits. */
  env?: Record<string, string>;
}

interface Kernelspec {
  argv: string[];
  env: Record<string, string>;
}

/**
 * Writes kernels/tslab/kernel.json.
 * @param jupyterPath the folder to give to Jupyter as JUPYTER_PATH
 */
export function writeKernelspec(
  jupyterPath: string,
  { node = process.execPath, env = {} }: KernelspecOptions = {},
): void {
  const installed = JSON.parse(readFileSync(INSTALLED, 'utf8')) as Kernelspec;
  const [, ...programAndArguments] = installed.argv;
  const spec = { ...installed, argv: [node, ...programAndArguments], env: { ...installed.env, ...env } };
  const folder = join(jupyterPath, 'kernels', 'tslab');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'kernel.json'), JSON.stringify(spec, null, 2));
}
