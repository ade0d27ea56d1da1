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
  return (await ask('Do you accept these terms? [y/N] ')) ?? 'unanswered';
}

/** Undefined where the terminal's input ends without an answer, as Ctrl-D ends it. */
async function ask(question: string): Promise<'accepted' | 'refused' | undefined> {
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  // While it asks, the terminal hands Ctrl-C over as a key; the command ends as it does at any other moment.
  asking.once('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  const ended = new Promise<undefined>((resolve) => asking.once('close', () => resolve(undefined)));
  const answered = asking.question(question).catch(() => undefined);
  const answer = await Promise.race([answered, ended]);
  asking.close();
  if (answer === undefined) return undefined;
  return /^y(es)?$/i.test(answer.trim()) ? 'accepted' : 'refused';
}
