/** Reads pip's output for how far it is; while a wheel comes in, the growing file says more than pip does. */

import fs from 'node:fs';
import path from 'node:path';

const POLL_MS = 500;
// A file that was written to this lately is the one that is coming in.
const FRESH_MS = 5000;
const MEGABYTE = 1e6;

/**
 * @param options {total: about how many packages, installed() -> how many are in place, detail(text) shows it}
 * @returns       {line(text) takes pip's output, stop()}
 */
export function createPipProgress(project, { total, installed, detail }) {
  const state = { collected: 0, wheel: undefined, installing: false };
  const show = () => {
    // A wheel that has come in whole no longer grows, and pip may take a while to check it.
    if (state.wheel) state.wheel.receivedBytes = Math.max(state.wheel.receivedBytes, growingBytes(project));
    detail(describe(state, { total, installed }));
  };
  const timer = setInterval(show, POLL_MS);
  return {
    line(text) {
      const wheel = /^\s*Downloading (\S+?)-\d\S* \(([\d.]+) MB\)/.exec(text);
      if (/^\s*Collecting /.test(text)) Object.assign(state, { collected: state.collected + 1, wheel: undefined });
      if (wheel) state.wheel = { name: wheel[1], megabytes: Number(wheel[2]), receivedBytes: 0 };
      if (/^\s*Installing collected packages/.test(text)) state.installing = true;
      show();
    },
    stop: () => clearInterval(timer),
  };
}

function describe({ collected, wheel, installing }, { total, installed }) {
  if (installing) return `installing, ${installed()} of about ${total}`;
  const count = `${collected} of about ${total} packages found`;
  if (!wheel) return count;
  return `${count}, ${wheel.name}: ${Math.min(wheel.receivedBytes / MEGABYTE, wheel.megabytes).toFixed(0)} of ${wheel.megabytes} MB`;
}

// pip writes a wheel that it downloads into a folder of this name in the temporary folder.
function growingBytes(project) {
  const temporary = project.path('.cache', 'tmp');
  try {
    const folders = fs.readdirSync(temporary).filter((name) => name.startsWith('pip-unpack-'));
    const files = folders.flatMap((folder) =>
      fs.readdirSync(path.join(temporary, folder)).map((file) => path.join(temporary, folder, file)),
    );
    return Math.max(
      0,
      ...files.map((file) => (fs.statSync(file).mtimeMs > Date.now() - FRESH_MS ? fs.statSync(file).size : 0)),
    );
  } catch {
    // pip removes its folders whenever it likes.
    return 0;
  }
}
