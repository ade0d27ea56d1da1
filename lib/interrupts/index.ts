/** The stop button. */

export { stoppable, Stopped, type StopCheck } from './stoppable';
export { nextTurn, takeSignal } from './take-signal';
