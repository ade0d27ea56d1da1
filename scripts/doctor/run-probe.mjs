/** Runs a probe in a process of its own: native code that crashes takes only that process with it. */

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('probe.mjs', import.meta.url));
const ENVIRONMENT = new URL('../setup/tensorflow-environment.json', import.meta.url);
const LONGEST_MS = 120_000;
// TensorFlow says that a GPU stays unused as some library can't be opened, but which one only in this log.
const LIBRARY_LOG = { TF_CPP_VMODULE: 'dso_loader=1' };

/**
 * @param name of a function in probe.mjs
 * @param args handed to it, as JSON
 * @returns    {answer: what it returned} or {fault: why it didn't, on one line}; stderr with both
 */
export async function probe(project, name, ...args) {
  // Who asks for TensorFlow's own log wants to see it.
  const loud = project.env.TF_CPP_MIN_LOG_LEVEL === '0';
  const child = spawn(process.execPath, [SCRIPT, name, JSON.stringify([project.root, ...args])], {
    cwd: project.root,
    env: { ...JSON.parse(fs.readFileSync(ENVIRONMENT, 'utf8')), ...(loud && LIBRARY_LOG), ...project.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LONGEST_MS,
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
    if (loud) process.stderr.write(text);
  });
  const [code, signal] = await new Promise((done) => child.once('close', (...end) => done(end)));
  const last = stdout.trim().split('\n').at(-1);
  if (code === 0) return { ...JSON.parse(last), stderr };
  if (signal === 'SIGTERM') return { fault: `no answer within ${LONGEST_MS / 1000} s`, stderr };
  return {
    fault: signal ? `it crashes (${signal})` : `it ends with code ${code}: ${stderr.trim().split('\n').at(-1)}`,
    stderr,
  };
}
