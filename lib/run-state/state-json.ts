/** A state as text: a checksum, then JSON in which NaN and infinities have a place. */

import { sha256Of } from '../files/checksum';

// What JSON can't write, as an object that no state holds otherwise.
const NOT_FINITE = '$number';

/** The text of a state. */
export function printState(state: unknown): string {
  const json = JSON.stringify(state, (_key, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? { [NOT_FINITE]: String(value) } : value,
  );
  return `${sha256Of(json)}\n${json}\n`;
}

/**
 * Reads what `printState` wrote.
 * @returns undefined where a byte of it has changed or is missing
 */
export function parseState(text: string): unknown {
  const [sum, json] = text.split('\n');
  if (json === undefined || sha256Of(json) !== sum) return undefined;
  return JSON.parse(json, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && NOT_FINITE in value ? Number(value[NOT_FINITE]) : value,
  );
}
