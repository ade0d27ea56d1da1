/** The environment of the doctor's probes. */

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';

const RUN_PROBE = resolve(__dirname, '..', '..', 'scripts', 'doctor', 'run-probe.mjs');
type Probe = (project: object, name: string, ...args: string[]) => Promise<{ answer?: string }>;

let root: string;
let probe: Probe;

/** A lib/ whose dataset, which a probe opens, describes itself as the setting of TensorFlow's log. */
before(async () => {
  root = mkdtempSync(join(tmpdir(), 'run-probe-'));
  mkdirSync(join(root, 'lib', 'dist', 'dataset'), { recursive: true });
  const module = 'exports.openDataset = async () => ({ description: process.env.TF_CPP_VMODULE ?? "quiet" });';
  writeFileSync(join(root, 'lib', 'dist', 'dataset', 'index.js'), module);
  ({ probe } = (await import(pathToFileURL(RUN_PROBE).href)) as { probe: Probe });
});

after(() => rmSync(root, { recursive: true }));

async function libraryLog(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const project = { root, env: { PATH: process.env.PATH, ...env } };
  return (await probe(project, 'dataset', '', 'Male')).answer;
}

test("who asks the doctor for TensorFlow's log is also told which of CUDA's libraries can't be opened", async () => {
  assert.equal(await libraryLog({ TF_CPP_MIN_LOG_LEVEL: '0' }), 'dso_loader=1');
  assert.equal(await libraryLog({ TF_CPP_MIN_LOG_LEVEL: '0', TF_CPP_VMODULE: 'gpu_device=2' }), 'gpu_device=2');
});

test("TensorFlow's log of libraries is off where nobody asked", async () => {
  assert.equal(await libraryLog({}), 'quiet');
});
