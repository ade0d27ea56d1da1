/** A dataset's terms: shown, and accepted by a person or by an option. */

import { createInterface } from 'node:readline/promises';
import type { CatalogEntry } from './catalog';

/**
 * Shows the terms on stderr and asks, where there is someone to ask.
 * @param accepted given with --accept-terms
 * @returns        'accepted', 'refused', or 'unanswered' where nobody can be asked
 */
export async function agreeToTerms(
  entry: CatalogEntry,
  accepted: boolean,
): Promise<'accepted' | 'refused' | 'unanswered'> {
  process.stderr.write(`${entry.title}\n\n${entry.terms.map((line) => `  ${line}\n`).join('')}\n`);
  if (!entry.mustAccept || accepted) return 'accepted';
  if (!process.stdin.isTTY || !process.stderr.isTTY) return 'unanswered';
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await asking.question('Do you accept these terms? [y/N] ');
    return /^y(es)?$/i.test(answer.trim()) ? 'accepted' : 'refused';
  } finally {
    asking.close();
  }
}
