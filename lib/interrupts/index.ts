/** The stop button. */

export { stoppable, Stopped, type StopCheck } from './stoppable';
export { takeSignal } from './take-signal';
