/** A project folder of links to this one, in which a test breaks one thing. */

import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach } from 'node:test';
import { pathToFileURL } from 'node:url';

const ROOT = resolve(__dirname, '..', '..');
const COPIED = ['package.json', 'package-lock.json', 'tsconfig.json', 'requirements.txt', 'requirements-cpu.txt'];
// Opened up down to here, so that tests can replace the addon; every other package is one link.
const NAPI_FOLDER = ['node_modules', '@tensorflow', 'tfjs-node-gpu', 'lib', 'napi-v8'];

interface Stamp {
  write(key: string, facts?: object): void;
}
interface SetupModules {
  openProject(root: string, env: NodeJS.ProcessEnv): object;
  openStamp(project: object, step: string): Stamp;
  pythonKey(project: object, build: string): string;
  addonKey(project: object): string;
  libraryKey(project: object): string;
  compiledSizes(project: object): Record<string, number>;
  kernelspecStep(project: object): { run(): Promise<void> };
}

/** The environment of a healthy project: nothing of the user's own settings, and the CPU's TensorFlow. */
export const HEALTHY: NodeJS.ProcessEnv = { PATH: process.env.PATH, HOME: process.env.HOME, TENSORFLOW: 'cpu' };

/**
 * Makes the copy, in order in every part.
 * @returns its folder; whoever makes it removes it
 */
export async function copyProject(): Promise<string> {
  const root = mkdtempSync(join(tmpdir(), 'doctor-'));
  for (const file of COPIED) cpSync(join(ROOT, file), join(root, file));
  symlinkSync(join(ROOT, 'lib'), join(root, 'lib'));
  cpSync(join(ROOT, 'scripts', 'addon'), join(root, 'scripts', 'addon'), { recursive: true });
  for (const folder of ['outputs', join('data', 'weights')]) mkdirSync(join(root, folder), { recursive: true });
  openUp(root, NAPI_FOLDER);
  rmSync(join(root, 'node_modules', 'celeba-lab'), { force: true });
  symlinkSync(join(root, 'lib'), join(root, 'node_modules', 'celeba-lab'));
  const weights = join('data', 'weights', 'vgg16-imagenet.bin');
  symlinkSync(join(ROOT, weights), join(root, weights));
  openUp(root, ['.venv', 'lib', pythonFolder(), 'site-packages']);
  const share = join(root, '.venv', 'share');
  rmSync(share, { force: true });
  mkdirSync(share);
  await stamp(root);
  return root;
}

/** Gives a copy its own lib/ in place of the link, which leads to the project's: for each test that changes something there. */
export function openLibrary(root: string): void {
  rmSync(join(root, 'lib'));
  cpSync(join(ROOT, 'lib'), join(root, 'lib'), { recursive: true });
}

/** A copy for each test of a suite, removed after it. */
export function useCopy(): { readonly root: string } {
  const copy = { root: '' };
  beforeEach(async () => {
    copy.root = await copyProject();
  });
  afterEach(() => rmSync(copy.root, { recursive: true, force: true }));
  return copy;
}

/** Links everything in a folder of the project; the named folders in it, each inside the one before, are opened up the same way. */
function openUp(root: string, inside: string[]): void {
  for (let depth = 1; depth <= inside.length; depth++) {
    const folder = join(...inside.slice(0, depth));
    rmSync(join(root, folder), { force: true });
    mkdirSync(join(root, folder), { recursive: true });
    for (const name of readdirSync(join(ROOT, folder))) symlinkSync(join(ROOT, folder, name), join(root, folder, name));
  }
}

/** TensorFlow's addon, from the copy's root. */
export const ADDON = join(...NAPI_FOLDER, 'tfjs_binding.node');

/** Python's packages, from the copy's root. */
export const SITE_PACKAGES = join('.venv', 'lib', pythonFolder(), 'site-packages');

function pythonFolder(): string {
  const name = readdirSync(join(ROOT, '.venv', 'lib')).find((entry) => entry.startsWith('python3.'));
  if (name === undefined) throw new Error('.venv holds no Python: run npm run setup');
  return name;
}

/** Marks what set-up would have made as made. */
async function stamp(root: string): Promise<void> {
  const setup = await setupModules();
  const project = setup.openProject(root, HEALTHY);
  setup.openStamp(project, 'python').write(setup.pythonKey(project, 'cpu'), { build: 'cpu' });
  setup.openStamp(project, 'addon').write(setup.addonKey(project));
  setup.openStamp(project, 'lib').write(setup.libraryKey(project), { sizes: setup.compiledSizes(project) });
  await setup.kernelspecStep(project).run();
}

async function setupModules(): Promise<SetupModules> {
  const names = ['project', 'stamp', 'python-key', 'addon', 'library', 'kernelspec'];
  const addresses = names.map((name) => pathToFileURL(join(ROOT, 'scripts', 'setup', `${name}.mjs`)).href);
  const modules = await Promise.all(addresses.map((address) => import(address) as Promise<object>));
  return Object.assign({}, ...modules) as SetupModules;
}
