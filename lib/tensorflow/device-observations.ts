/** What TensorFlow, NVIDIA's driver and the operating system say about the devices of this machine. */

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { MAY_USE_TF32 } from './environment';
import { tf } from './load';

/** One GPU, as its driver describes it. */
export interface Gpu {
  name: string;
  /** 0 where the driver doesn't say. */
  memoryBytes: number;
  /** Version of the driver, such as `550.54.15`, where it is known. */
  driver?: string;
}

/** All that the choice of words about the device rests on. */
export interface DeviceObservations {
  /** TensorFlow has placed its tensors on a GPU. */
  usesGpu: boolean;
  /** The TensorFlow that is loaded was built with CUDA. */
  cudaBuild: boolean;
  /** Folders of CUDA's libraries that TensorFlow looks for beside itself and that aren't there. */
  missingCudaLibraries: string[];
  /** GPUs that have a working NVIDIA driver. */
  gpus: Gpu[];
  /** A graphics card made by NVIDIA is plugged in, with or without a driver. */
  nvidiaCard: boolean;
  cpuName: string;
  /** CPU cores that this process may use. */
  cores: number;
  /** Memory that this process may use. */
  memoryBytes: number;
}

// Those without which TensorFlow's GPU device doesn't come up.
const CUDA_LIBRARIES = ['cublas', 'cuda_runtime', 'cudnn', 'cufft', 'cusolver', 'cusparse', 'nvjitlink'];
const NVIDIA_VENDOR = '0x10de';
// PCI classes 0x0300 to 0x03ff are display controllers.
const DISPLAY_CLASS = '0x03';
const MIB = 2 ** 20;

/** Whether TensorFlow places tensors on a GPU in this process. */
export function usesGpu(): boolean {
  return (tf.backend() as unknown as { isUsingGpuDevice: boolean }).isUsingGpuDevice;
}

/**
 * The kind of GPU arithmetic that this process's results depend on; undefined on a CPU. On an H200 VGG16's features were
 * 4e-4 off a CPU's with TF32, 1e-6 without.
 */
export function gpuArithmetic(): 'gpu' | 'gpu without TF32' | undefined {
  if (!usesGpu()) return undefined;
  return MAY_USE_TF32 ? 'gpu' : 'gpu without TF32';
}

/** Looks at this machine and at the TensorFlow loaded in this process. */
export function observeDevice(): DeviceObservations {
  const tensorflow = loadedTensorFlow();
  const nvidia = tensorflow === undefined ? '' : join(dirname(tensorflow), 'nvidia');
  const constrained = process.constrainedMemory();
  return {
    usesGpu: usesGpu(),
    cudaBuild: tensorflow !== undefined && isCudaBuild(tensorflow),
    missingCudaLibraries: CUDA_LIBRARIES.filter((library) => !existsSync(join(nvidia, library, 'lib'))),
    gpus: askDriver(),
    nvidiaCard: hasNvidiaCard(),
    cpuName: cpus()[0]?.model.replace(/\s+/g, ' ').trim() || process.arch,
    cores: availableParallelism(),
    // Node gives 0 or a number beyond any memory where nothing limits the process.
    memoryBytes: constrained > 0 ? Math.min(constrained, totalmem()) : totalmem(),
  };
}

/** Folder of the Python package whose library this process has mapped; undefined where the system doesn't tell (macOS). */
function loadedTensorFlow(): string | undefined {
  if (!existsSync('/proc/self/maps')) return undefined;
  return /(\/.*)\/libtensorflow_cc\.so/.exec(readFileSync('/proc/self/maps', 'utf8'))?.[1];
}

function isCudaBuild(tensorflow: string): boolean {
  const buildInfo = join(tensorflow, 'python', 'platform', 'build_info.py');
  return existsSync(buildInfo) && /'is_cuda_build', True/.test(readFileSync(buildInfo, 'utf8'));
}

/** Asks nvidia-smi, which comes with the driver; without it, or where it fails, there is no usable GPU. */
function askDriver(): Gpu[] {
  const query = ['--query-gpu=name,memory.total,driver_version', '--format=csv,noheader,nounits'];
  try {
    const answer = execFileSync('nvidia-smi', query, {
      encoding: 'utf8',
      timeout: 10_000,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return parseDriverAnswer(answer);
  } catch {
    return [];
  }
}

/**
 * Reads nvidia-smi's answer: one GPU a line, with name, memory in MiB and driver.
 * @example parseDriverAnswer('Tesla T4, 15360, 550.54.15\n') // [{ name: 'Tesla T4', memoryBytes: 16106127360, driver: '550.54.15' }]
 */
export function parseDriverAnswer(answer: string): Gpu[] {
  return answer
    .split('\n')
    .map((line) => line.split(',').map((cell) => cell.trim()))
    .filter((cells) => cells.length === 3)
    .map(([name, mebibytes, driver]) => ({ name, memoryBytes: (Number(mebibytes) || 0) * MIB, driver }));
}

function hasNvidiaCard(): boolean {
  const devices = '/sys/bus/pci/devices';
  if (!existsSync(devices)) return false;
  return readdirSync(devices).some((device) => {
    const read = (file: string) => readIfThere(join(devices, device, file));
    return read('vendor').startsWith(NVIDIA_VENDOR) && read('class').startsWith(DISPLAY_CLASS);
  });
}

function readIfThere(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
