/** Which part of a split a folder's or a file's name stands for. */

import type { Part } from './types';

const NAMES: readonly [pattern: RegExp, part: Part][] = [
  [/^train(ing)?$/i, 'train'],
  [/^(val(id|idation)?|dev)$/i, 'validation'],
  [/^test(ing)?$/i, 'test'],
];

/**
 * The part that a name stands for.
 * @example partNamed('valid') // 'validation'
 * @example partNamed('cat') // undefined
 */
export function partNamed(name: string): Part | undefined {
  return NAMES.find(([pattern]) => pattern.test(name))?.[1];
}
