/** The stop button. */

export { allEnded } from './all-ended';
export { stoppable, Stopped, type StopCheck } from './stoppable';
export { nextTurn, takeSignal } from './take-signal';
