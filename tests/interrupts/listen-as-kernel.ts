import type { TestContext } from 'node:test';

/** Listens to SIGINT until the test ends, as a notebook's kernel does; `heard` counts. */
export function listenAsKernel(t: TestContext): { listener: () => void; heard: () => number } {
  let count = 0;
  const listener = (): void => void count++;
  process.on('SIGINT', listener);
  t.after(() => process.off('SIGINT', listener));
  return { listener, heard: () => count };
}
