/** A kernelspec of one's own: the project's tslab under a chosen Node, in a folder for JUPYTER_PATH. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..', '..');

/** What differs from the kernel that set-up installs. */
export interface KernelspecOptions {
  /** Kernel's name; default tslab. */
  name?: string;
  /** The Node that runs it; default the one running this. */
  node?: string;
  /** Environment variables of the kernel, over those it inherits. */
  env?: Record<string, string>;
}

/**
 * Writes kernels/<name>/kernel.json.
 * @param jupyterPath the folder to give to Jupyter as JUPYTER_PATH
 */
export function writeKernelspec(jupyterPath: string, options: KernelspecOptions = {}): void {
  const { name = 'tslab', node = process.execPath, env = {} } = options;
  const before = join(ROOT, 'scripts', 'kernel', 'send-at-once.cjs');
  const tslab = join(ROOT, 'node_modules', 'tslab', 'bin', 'tslab');
  const spec = {
    argv: [node, '--require', before, tslab, 'kernel', '--config-path', '{connection_file}'],
    display_name: 'TypeScript',
    language: 'typescript',
    interrupt_mode: 'signal',
    env,
  };
  const folder = join(jupyterPath, 'kernels', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'kernel.json'), JSON.stringify(spec, null, 2));
}
