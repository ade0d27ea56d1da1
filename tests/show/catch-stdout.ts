/** What is shown outside a kernel: bundles are then written to stdout as text, which is where they are caught. */

import type { TestContext } from 'node:test';

/**
 * Collects what is written to stdout as text, until `t.mock.restoreAll()`.
 * Leaves out bytes: those are the test runner's own messages.
 */
export function catchStdout(t: TestContext): string[] {
  const lines: string[] = [];
  t.mock.method(process.stdout, 'write', (text: unknown) => {
    if (typeof text === 'string') lines.push(text);
    return true;
  });
  return lines;
}
