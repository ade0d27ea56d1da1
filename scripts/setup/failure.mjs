/** Chooses, from a failed command's output, the lines that tell why, and the advice for the causes that are common. */

import { SetupError } from './setup-error.mjs';

const LAST_LINES = 15;

const ADVICE = [
  {
    sign: /NameResolutionError|NewConnectionError|ProxyError|ConnectTimeoutError|\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT)\b/,
    text: "The package server can't be reached: check the network or the proxy, then run the same command again.",
  },
  {
    sign: /No space left on device|\bENOSPC\b/,
    text: 'The disk is full: set-up needs about 3.5 GB. Make room, then run the same command again.',
  },
  {
    sign: /\b(EACCES|EPERM)\b|Permission denied/,
    text: "A file or folder of the project isn't yours: see who owns it, then run the same command again.",
  },
];

/** What to do about the cause that a line tells of; undefined where it isn't a common one. */
export function adviceFor(text) {
  return ADVICE.find(({ sign }) => sign.test(text))?.text;
}

/** A sentence where the system refused something to set-up itself; any other error as it is. */
export function orSetupError(error) {
  if (error.syscall === undefined) return error;
  return new SetupError([`Set-up broke down: ${error.message}.`, adviceFor(error.message)].filter(Boolean).join(' '));
}

/**
 * Collects a command's output as it comes.
 * @param telling lines that matter more than the last ones, such as a compiler's errors; default none
 * @returns       {line(text), lines() -> at most 15 that tell most, advice() -> a sentence, or undefined}
 */
export function collectFailure(telling) {
  const state = { first: [], last: [], advice: undefined };
  return {
    line(text) {
      if (telling?.test(text) && state.first.length < LAST_LINES) state.first.push(text);
      state.last = [...state.last, text].slice(-LAST_LINES);
      state.advice ??= adviceFor(text);
    },
    lines: () => (state.first.length > 0 ? state.first : state.last),
    advice: () => state.advice,
  };
}
