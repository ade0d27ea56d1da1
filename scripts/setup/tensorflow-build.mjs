/** Which TensorFlow build set-up installs: the CPU's, or CUDA's where there is an NVIDIA driver. */

import fs from 'node:fs';
import path from 'node:path';
import { BUILDS, installedBuild } from './python-key.mjs';
import { SettingError } from './setting-error.mjs';

const DRIVER_FILES = ['/proc/driver/nvidia/version', '/dev/nvidia0'];

/**
 * TENSORFLOW decides where it is set; else what is installed stays, and only for a first installation the driver is looked
 * for: machines with and without a GPU that share the folder would otherwise each replace the other's .venv.
 * @param options {platform: default this machine's, driverFiles: files that only an NVIDIA driver makes}
 * @returns       'cpu' or 'cuda'
 * @throws        SettingError if TENSORFLOW is something else, or asks for CUDA on macOS
 */
export function tensorflowBuild(project, { platform = process.platform, driverFiles = DRIVER_FILES } = {}) {
  const wanted = project.env.TENSORFLOW;
  if (wanted) checkWanted(wanted, platform);
  if (wanted) return wanted;
  return installedBuild(project) ?? (platform !== 'darwin' && hasDriver(project, driverFiles) ? 'cuda' : 'cpu');
}

function checkWanted(wanted, platform) {
  const builds = platform === 'darwin' ? ['cpu'] : BUILDS;
  if (builds.includes(wanted)) return;
  const [where, expected] = ['TENSORFLOW', `${builds.join(' or ')}${platform === 'darwin' ? ' on macOS' : ''}`];
  const values = builds.map((build) => `TENSORFLOW=${build}`).join(' or ');
  throw new SettingError({ where, found: `"${wanted}"`, expected, remedy: `Set ${values}, or leave it unset` });
}

function hasDriver(project, driverFiles) {
  const folders = (project.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  return [...driverFiles, ...folders.map((folder) => path.join(folder, 'nvidia-smi'))].some((file) =>
    fs.existsSync(file),
  );
}
