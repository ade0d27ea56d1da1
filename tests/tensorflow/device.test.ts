/** The device line, for machines that are described, and for this one. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { tensorflow } from 'celeba-lab';

const H100 = { name: 'NVIDIA H100 80GB HBM3', memoryBytes: 80 * 2 ** 30, driver: '550.54.15' };
const MACHINE: tensorflow.DeviceObservations = {
  usesGpu: false,
  cudaBuild: false,
  missingCudaLibraries: [],
  gpus: [],
  nvidiaCard: false,
  cpuName: 'AMD EPYC',
  cores: 2,
  memoryBytes: 23.5 * 2 ** 30,
};

function noteOf(seen: Partial<tensorflow.DeviceObservations>): string {
  return tensorflow.deviceFrom({ ...MACHINE, ...seen }).note ?? '';
}

describe('deviceFrom', () => {
  test('a machine without GPU is described by its CPU, without a note', () => {
    const device = tensorflow.deviceFrom(MACHINE);
    assert.deepEqual(device, { kind: 'cpu', name: 'AMD EPYC', cores: 2, memoryBytes: 23.5 * 2 ** 30 });
    assert.equal(tensorflow.lineOf(device), 'CPU: AMD EPYC, 2 cores, 23 GiB');
  });

  test('a GPU that TensorFlow uses is described by its name and its own memory', () => {
    const device = tensorflow.deviceFrom({
      ...MACHINE,
      usesGpu: true,
      cudaBuild: true,
      gpus: [H100],
      nvidiaCard: true,
    });
    assert.equal(tensorflow.lineOf(device), 'GPU: NVIDIA H100 80GB HBM3, 80 GiB');
  });

  test('of two unlike GPUs nobody says which one TensorFlow uses, so both are named', () => {
    const gpus = [H100, { ...H100, name: 'Tesla T4', memoryBytes: 15 * 2 ** 30 }];
    const both = tensorflow.deviceFrom({ ...MACHINE, usesGpu: true, cudaBuild: true, gpus });
    assert.equal(tensorflow.lineOf(both), 'GPU: NVIDIA H100 80GB HBM3 or Tesla T4');
    const alike = tensorflow.deviceFrom({ ...MACHINE, usesGpu: true, cudaBuild: true, gpus: [H100, H100] });
    assert.equal(tensorflow.lineOf(alike), 'GPU: NVIDIA H100 80GB HBM3, 80 GiB');
  });

  test('a GPU that TensorFlow uses but the driver tells nothing about is still a GPU', () => {
    const device = tensorflow.deviceFrom({ ...MACHINE, usesGpu: true, cudaBuild: true });
    assert.equal(tensorflow.lineOf(device), 'GPU: GPU');
  });

  test('with the CPU build beside a GPU, the note names the command that installs the CUDA build', () => {
    assert.equal(
      noteOf({ gpus: [H100], nvidiaCard: true }),
      "NVIDIA H100 80GB HBM3 is not used: TensorFlow's CPU build is installed. Run TENSORFLOW=cuda npm run setup.",
    );
  });

  test('a driver older than CUDA 12 asks for is named with the version it needs', () => {
    const note = noteOf({ cudaBuild: true, gpus: [{ ...H100, driver: '470.57.02' }] });
    assert.match(note, /driver 470\.57\.02 is too old\. Update it to 525\.60\.13 or later/);
  });

  test('a driver is compared number by number, so 525.105 is newer than 525.60', () => {
    assert.doesNotMatch(noteOf({ cudaBuild: true, gpus: [{ ...H100, driver: '525.105.17' }] }), /too old/);
    assert.doesNotMatch(noteOf({ cudaBuild: true, gpus: [{ ...H100, driver: '525.60.13' }] }), /too old/);
    assert.match(noteOf({ cudaBuild: true, gpus: [{ ...H100, driver: '525.60.11' }] }), /too old/);
  });

  test('a driver of fewer numbers lacks the last ones as if they were 0', () => {
    assert.match(noteOf({ cudaBuild: true, gpus: [{ ...H100, driver: '525.60' }] }), /driver 525\.60 is too old/);
    assert.doesNotMatch(noteOf({ cudaBuild: true, gpus: [{ ...H100, driver: '525.61' }] }), /too old/);
  });

  test("missing CUDA libraries are named with set-up's command", () => {
    const note = noteOf({ cudaBuild: true, gpus: [H100], missingCudaLibraries: ['cudnn'] });
    assert.match(note, /CUDA's cudnn missing\. Run TENSORFLOW=cuda npm run setup/);
  });

  test('with everything in place but no device, the note says how to see the reason', () => {
    const note = noteOf({ cudaBuild: true, gpus: [H100] });
    assert.match(note, /sees no GPU.*CUDA_VISIBLE_DEVICES.*TF_CPP_MIN_LOG_LEVEL=0 npm run doctor/);
  });

  test('an NVIDIA card without a driver is named', () => {
    assert.match(noteOf({ nvidiaCard: true }), /NVIDIA card is not used: it has no working driver/);
  });
});

describe('on this machine', () => {
  test('the device line agrees with the device, and has cores and memory', () => {
    const device = tensorflow.describeDevice();
    assert.equal(tensorflow.deviceLine(), tensorflow.lineOf(device));
    assert.ok(device.name.length > 0 && device.cores >= 1 && device.memoryBytes > 2 ** 28);
  });

  test("nvidia-smi's answer is read with units and several GPUs", () => {
    const gpus = tensorflow.parseDriverAnswer('Tesla T4, 15360, 550.54.15\nNVIDIA A2, [N/A], 550.54.15\n');
    assert.deepEqual(gpus, [
      { name: 'Tesla T4', memoryBytes: 15 * 2 ** 30, driver: '550.54.15' },
      { name: 'NVIDIA A2', memoryBytes: 0, driver: '550.54.15' },
    ]);
  });
});
