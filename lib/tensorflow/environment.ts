/** What must be in place before TensorFlow is loaded: environment variables and a shim for newer Nodes. */

import util from 'node:util';

// Defaults for whoever starts without the kernelspec's or the commands' environment; what is already set stays.
const ENVIRONMENT: Record<string, string> = {
  // 2: warnings and below stay quiet, errors are shown.
  TF_CPP_MIN_LOG_LEVEL: '2',
  // oneDNN's convolutions are 1.3 to 1.5 times faster here, and off by default on CPUs without AVX-512.
  TF_ENABLE_ONEDNN_OPTS: '1',
  // Else TensorFlow takes the GPU's whole memory at start, and a second notebook finds none.
  TF_FORCE_GPU_ALLOW_GROWTH: 'true',
};

for (const [name, value] of Object.entries(ENVIRONMENT)) process.env[name] ??= value;

/** Newer GPUs multiply float32 numbers in fewer bits, unless NVIDIA's libraries are told not to. */
export const MAY_USE_TF32 = process.env.NVIDIA_TF32_OVERRIDE !== '0';

// tfjs-node 4.22 calls util.isNullOrUndefined, of which Node 22 warns and which Node 23 removed (tfjs issues 8609, 8746).
const shimmed = util as { isNullOrUndefined: (value: unknown) => boolean };
shimmed.isNullOrUndefined = (value) => value === null || value === undefined;
