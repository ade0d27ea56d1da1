/** The device that TensorFlow computes on, and how steps run there; TensorFlow itself is `tf`, beside this namespace. */

export { describeDevice, deviceFrom, deviceLine, lineOf, type Device } from './device';
export { parseDriverAnswer, type DeviceObservations, type Gpu } from './device-observations';
export { runEagerly } from './one-operation';
