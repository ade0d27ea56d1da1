/** The kernelspec that tells Jupyter how to start tslab: this Node, this project's tslab, TensorFlow's settings. */

import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const FILE = '.venv/share/jupyter/kernels/tslab/kernel.json';

/** The step that writes kernel.json, whenever it isn't what it should be. */
export function kernelspecStep(project, node = process.execPath) {
  const file = project.path(FILE);
  return {
    name: 'kernelspec',
    title: "Jupyter's kernelspec for tslab",
    after: ['python'],
    why() {
      if (!fs.existsSync(file)) return 'not written yet';
      return fs.readFileSync(file, 'utf8') === kernelspec(project, node)
        ? undefined
        : 'written for another folder or Node';
    },
    async run() {
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(`${file}.new`, kernelspec(project, node));
      fs.renameSync(`${file}.new`, file);
    },
  };
}

// --config-path and {connection_file} apart: joined, some clients don't replace the second.
function kernelspec(project, node) {
  const before = fileURLToPath(new URL('../kernel/publisher.cjs', import.meta.url));
  const tslab = project.path('node_modules/tslab/bin/tslab');
  const spec = {
    argv: [node, '--require', before, tslab, 'kernel', '--config-path', '{connection_file}'],
    display_name: 'TypeScript',
    language: 'typescript',
    env: JSON.parse(fs.readFileSync(new URL('tensorflow-environment.json', import.meta.url), 'utf8')),
  };
  return `${JSON.stringify(spec, null, 2)}\n`;
}
