/** The device that TensorFlow computes on, and why a GPU that was found isn't it. */

import { observeDevice, type DeviceObservations, type Gpu } from './device-observations';

/** What computes, in figures. */
export interface Device {
  kind: 'cpu' | 'gpu';
  /** As its maker calls it, such as `AMD EPYC` or `NVIDIA H100 80GB HBM3`. */
  name: string;
  /** CPU cores that this process may use. */
  cores: number;
  /** Memory of the device: the GPU's own, 0 where it isn't known, or what this process may use of the machine's. */
  memoryBytes: number;
  /** Why a GPU that was found isn't used, and what to do; missing where all is as it should be. */
  note?: string;
}

// NVIDIA's table "CUDA Toolkit and minimum required driver version" for CUDA 12.x on Linux.
const OLDEST_DRIVER = '525.60.13';
const CUDA_SETUP = 'TENSORFLOW=cuda npm run setup';
const GIB = 2 ** 30;

/**
 * The device that TensorFlow computes on in this process; loads TensorFlow.
 * @returns its name, cores and memory, with a note where a GPU was found but can't be used
 */
export function describeDevice(): Device {
  return deviceFrom(observeDevice());
}

/**
 * The device on one line; loads TensorFlow.
 * @example deviceLine() // 'CPU: AMD EPYC, 2 cores, 23 GiB'
 */
export function deviceLine(): string {
  return lineOf(describeDevice());
}

/**
 * Decides from what was seen on the machine; `describeDevice` for a machine that is only described.
 * @param seen what TensorFlow, the driver and the operating system say
 */
export function deviceFrom(seen: DeviceObservations): Device {
  const { cores } = seen;
  if (seen.usesGpu) {
    // Which of several it is, TensorFlow.js doesn't tell, and CUDA counts them in another order than the driver.
    const names = [...new Set(seen.gpus.map(({ name }) => name))];
    const memoryBytes = names.length === 1 ? seen.gpus[0].memoryBytes : 0;
    return { kind: 'gpu', name: names.join(' or ') || 'GPU', cores, memoryBytes };
  }
  const note = seen.gpus.length > 0 ? unusedBecause(seen, seen.gpus[0]) : cardWithoutDriver(seen);
  const cpu: Device = { kind: 'cpu', name: seen.cpuName, cores, memoryBytes: seen.memoryBytes };
  return note === undefined ? cpu : { ...cpu, note };
}

/**
 * A device as one line, its note behind it.
 * @example lineOf({ kind: 'cpu', name: 'AMD EPYC', cores: 2, memoryBytes: 23 * 2 ** 30 }) // 'CPU: AMD EPYC, 2 cores, 23 GiB'
 */
export function lineOf(device: Device): string {
  const { name, cores, memoryBytes, note } = device;
  const memory = memoryBytes > 0 ? [`${Math.max(1, Math.floor(memoryBytes / GIB))} GiB`] : [];
  const parts =
    device.kind === 'gpu' ? [name, ...memory] : [name, `${cores} ${cores === 1 ? 'core' : 'cores'}`, ...memory];
  const line = `${device.kind.toUpperCase()}: ${parts.join(', ')}`;
  return note === undefined ? line : `${line}. ${note}`;
}

function unusedBecause(seen: DeviceObservations, gpu: Gpu): string {
  const unused = `${gpu.name} is not used`;
  if (!seen.cudaBuild) return `${unused}: TensorFlow's CPU build is installed. Run ${CUDA_SETUP}.`;
  if (gpu.driver !== undefined && isOlder(gpu.driver, OLDEST_DRIVER)) {
    return `${unused}: its driver ${gpu.driver} is too old. Update it to ${OLDEST_DRIVER} or later.`;
  }
  if (seen.missingCudaLibraries.length > 0) {
    return `${unused}: CUDA's ${seen.missingCudaLibraries.join(', ')} missing. Run ${CUDA_SETUP}.`;
  }
  return (
    `${unused}: TensorFlow sees no GPU. Leave CUDA_VISIBLE_DEVICES unset, ` +
    'and run TF_CPP_MIN_LOG_LEVEL=0 npm run doctor for its reason.'
  );
}

function cardWithoutDriver(seen: DeviceObservations): string | undefined {
  if (!seen.nvidiaCard) return undefined;
  return `An NVIDIA card is not used: it has no working driver. Install NVIDIA's driver, then run ${CUDA_SETUP}.`;
}

/** Whether a version such as 470.57.02 comes before another, compared number by number. */
function isOlder(version: string, than: string): boolean {
  const limits = than.split('.').map(Number);
  const numbers = version.split('.').map(Number);
  const at = limits.findIndex((limit, i) => (numbers[i] ?? 0) !== limit);
  return at >= 0 && (numbers[at] ?? 0) < limits[at];
}
