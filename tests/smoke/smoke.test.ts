/** The project under Node 20, 22 and 24: TensorFlow loads, a small network learns, the kernel runs a cell. */

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, describe, test } from 'node:test';
import { fetchedNode, fetchNode, NODE_MAJORS } from '../../scripts/fetch-nodes';
import { writeKernelspec } from '../../scripts/lab/kernelspec';

const ROOT = resolve(__dirname, '..', '..');
const ALL = process.env.CI === 'true' || process.env.NODES === 'all';
const HOW = 'not fetched: NODES=all npm test -- smoke, or scripts/fetch-nodes.ts';

const folder = mkdtempSync(join(tmpdir(), 'smoke-'));
after(() => rmSync(folder, { recursive: true, force: true }));

for (const major of NODE_MAJORS) {
  const node = binaryOf(major);
  const skip = node === undefined && HOW;
  describe(`Node ${major}`, { skip }, () => {
    test('TensorFlow loads, and a small network learns', () => {
      const fit = join(__dirname, 'fit-network.ts');
      const run = spawnSync(node!, ['--require', 'ts-node/register/transpile-only', fit], {
        cwd: ROOT,
        encoding: 'utf8',
      });
      assert.equal(run.status, 0, run.stderr);
      const { node: version, tensorflow, losses } = JSON.parse(run.stdout) as Fit;
      assert.match(version, new RegExp(`^v${major}\\.`));
      assert.equal(tensorflow, '2.21.0');
      assert.ok(losses[4] < losses[0], `losses: ${losses.join(', ')}`);
      assert.equal(run.stderr, '');
    });

    test('a cell in the kernel imports celeba-lab and computes', () => {
      writeKernelspec(join(folder, major), { node });
      const cell = "import { tf } from 'celeba-lab';\nconsole.log(process.version, tf.sum([1, 1]).dataSync()[0])";
      const run = runCell(join(folder, major, 'kernels'), cell);
      assert.match(run.text ?? run.fault ?? '', new RegExp(`^v${major}\\.[\\d.]+ 2$`));
    });
  });
}

interface Fit {
  node: string;
  tensorflow: string;
  losses: number[];
}

function runCell(kernels: string, cell: string): { text?: string; fault?: string } {
  const python = join(ROOT, '.venv', 'bin', 'python');
  const script = join(ROOT, 'scripts', 'doctor', 'run_cell.py');
  return JSON.parse(execFileSync(python, [script, kernels, cell], { cwd: ROOT, encoding: 'utf8' })) as {
    text?: string;
  };
}

/** The Node that runs this, one fetched earlier, or in CI one fetched now. */
function binaryOf(major: string): string | undefined {
  if (process.versions.node.split('.')[0] === major) return process.execPath;
  return ALL ? fetchNode(major) : fetchedNode(major);
}
