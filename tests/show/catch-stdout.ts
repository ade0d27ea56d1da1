/** What is shown outside a kernel: bundles are then written to stdout as text, which is where they are caught. */

import type { TestContext } from 'node:test';

/**
 * Collects what is written to stdout as text, until `t.mock.restoreAll()`.
 * Bytes pass: they are the test runner's own messages.
 */
export function catchStdout(t: TestContext): string[] {
  const lines: string[] = [];
  const write = process.stdout.write.bind(process.stdout);
  t.mock.method(process.stdout, 'write', (text: string | Uint8Array) => {
    if (typeof text !== 'string') return write(text);
    return lines.push(text) > 0;
  });
  return lines;
}
