/**
 * Which Nodes the project runs on. An old Node fails on newer syntax before anything runs, and would show a syntax error instead
 * of what is needed. So the entry files, this one and requirements-message.mjs keep to what Node 12 reads: no ?. and no ??. They
 * import nothing else before the version is known.
 */

import { requirementsMessage } from './requirements-message.mjs';

// N-API 8 and sharp's own minimum; odd Nodes are left out, as their support ends within months.
const NODES = { 20: 9, 22: 0, 24: 0 };

/**
 * @param version such as "22.1.0"
 * @returns       what is needed, {name, found, install: {system: command}}, or undefined where this Node will do
 */
export function nodeMissing(version) {
  const [major, minor] = version.split('.').map(Number);
  if (NODES[major] !== undefined && minor >= NODES[major]) return undefined;
  return {
    name: 'Node 20 (from 20.9), 22 or 24',
    found: `Node ${version}`,
    install: {
      'Debian/Ubuntu': 'curl -fsSL https://deb.nodesource.com/setup_22.x | sudo -E bash - && sudo apt install nodejs',
      Fedora: 'sudo dnf install nodejs22',
      macOS: 'brew install node@22',
    },
  };
}

/**
 * Starts what an old Node can't read, or says what is needed instead.
 * @param start imports and runs it: an import at the top would be read, and fail, before the version is known
 */
export function onNewNode(start) {
  const message = oldNodeMessage(process.versions.node);
  if (message === undefined) {
    start();
    return;
  }
  process.exitCode = 1;
  process.stderr.write(`${message}\n`);
}

/**
 * The message for a Node older than all that are supported, which may be unable to read the other scripts. Newer ones that aren't
 * supported either can: about them the requirements step tells, in one message with all else that is missing.
 * @param version such as "12.22.12"
 * @returns       the message, or undefined
 */
function oldNodeMessage(version) {
  const oldest = Math.min(...Object.keys(NODES).map(Number));
  return Number(version.split('.')[0]) < oldest ? requirementsMessage([nodeMissing(version)]) : undefined;
}
