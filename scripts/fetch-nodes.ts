/** Other Nodes for the smoke test, into .cache/nodes/<major>: node -r ts-node/register/transpile-only scripts/fetch-nodes.ts [MAJOR...] */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { projectPath } from 'celeba-lab/dist/project';

// npm packages that hold nothing but the binary of one platform.
const VERSIONS: Record<string, string> = { '20': '20.20.2', '22': '22.23.3', '24': '24.21.0' };

/** The majors that the project supports. */
export const NODE_MAJORS = Object.keys(VERSIONS);

/**
 * Where a fetched Node lies.
 * @param major such as `22`
 * @returns     its path, or undefined where it hasn't been fetched
 */
export function fetchedNode(major: string): string | undefined {
  const file = projectPath('.cache', 'nodes', major, 'node_modules', packageName(), 'bin', 'node');
  return existsSync(file) ? file : undefined;
}

/**
 * Fetches a Node through npm, where it isn't there yet.
 * @param major one of NODE_MAJORS
 * @returns     its path
 * @throws      what npm says, where its registry can't be reached
 */
export function fetchNode(major: string): string {
  const folder = projectPath('.cache', 'nodes', major);
  mkdirSync(folder, { recursive: true });
  // Without a package.json of its own, npm would install into the project.
  writeFileSync(`${folder}/package.json`, '{ "private": true }\n');
  const wanted = `${packageName()}@${VERSIONS[major]}`;
  const options = ['install', '--no-save', '--ignore-scripts', '--prefix', folder];
  if (fetchedNode(major) === undefined) execFileSync('npm', [...options, wanted], { cwd: folder, stdio: 'inherit' });
  const node = fetchedNode(major);
  if (node === undefined) throw new Error(`${wanted} holds no bin/node`);
  return node;
}

function packageName(): string {
  return `node-${process.platform}-${process.arch}`;
}

if (require.main === module) {
  for (const major of process.argv.length > 2 ? process.argv.slice(2) : NODE_MAJORS) console.log(fetchNode(major));
}
