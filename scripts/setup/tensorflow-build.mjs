/** Which TensorFlow build set-up installs: the CPU's, or CUDA's where there is an NVIDIA driver. */

import fs from 'node:fs';
import path from 'node:path';
import { SetupError } from './setup-error.mjs';

const DRIVER_FILES = ['/proc/driver/nvidia/version', '/dev/nvidia0'];

/**
 * @param options {platform: default this machine's, driverFiles: files that only an NVIDIA driver makes}
 * @returns       'cpu' or 'cuda'; TENSORFLOW decides where it is set
 * @throws        SetupError if TENSORFLOW is something else, or asks for CUDA on macOS
 */
export function tensorflowBuild(project, { platform = process.platform, driverFiles = DRIVER_FILES } = {}) {
  const wanted = project.env.TENSORFLOW;
  if (wanted && wanted !== 'cpu' && wanted !== 'cuda') {
    throw new SetupError(
      `TENSORFLOW: found "${wanted}", expected cpu or cuda. Set one of these, or leave it unset to let set-up look for an NVIDIA driver.`,
    );
  }
  if (wanted === 'cuda' && platform === 'darwin') {
    throw new SetupError(
      'TENSORFLOW: found "cuda", but TensorFlow has no CUDA build for macOS. Leave TENSORFLOW unset.',
    );
  }
  if (wanted) return wanted;
  return platform !== 'darwin' && hasDriver(project, driverFiles) ? 'cuda' : 'cpu';
}

function hasDriver(project, driverFiles) {
  const folders = (project.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  return [...driverFiles, ...folders.map((folder) => path.join(folder, 'nvidia-smi'))].some((file) =>
    fs.existsSync(file),
  );
}
