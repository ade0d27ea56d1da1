/** The command line of npm run bench. */

import { parseArgs } from 'node:util';
import { InputError } from 'celeba-lab';

/** What is measured. */
export interface BenchOptions {
  mode: 'compare' | 'help';
  quick: boolean;
}

export const USAGE = `Usage: npm run bench -- [--quick]

Compares with Keras 3 on the same TensorFlow, weights and photos, in one run, alternating. Photos are those of DATASET, or of
the sample set. Writes outputs/bench.json. Without --quick it takes about ten minutes on 2 cores.
  --quick  fewer steps: about three minutes
Exit code: 0 measured, 1 failed, 2 wrong use.`;

/** @throws InputError that says which option isn't known */
export function readOptions(words: string[]): BenchOptions {
  const options = { quick: { type: 'boolean' }, help: { type: 'boolean' } } as const;
  try {
    const { values } = parseArgs({ args: words, options });
    return { mode: values.help ? 'help' : 'compare', quick: values.quick ?? false };
  } catch (error) {
    throw wrongUse(error instanceof Error ? error.message.split(/\.(?:\s|$)/)[0].toLowerCase() : String(error));
  }
}

function wrongUse(found: string): InputError {
  return new InputError({ where: 'npm run bench', found, expected: 'its options', remedy: 'The usage is below' });
}
