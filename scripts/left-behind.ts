/** What must not stay behind, on the disk or at work, when the process ends before its time: by a signal, or because nobody reads on. */

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

const removals = new Set<() => void>();

/**
 * Has something removed when the process ends, the latest first, and makes signals end it in order.
 * @param remove must not wait for anything: a process that ends doesn't
 * @returns      forgets it, where it was removed or isn't to be
 */
export function removeAtExit(remove: () => void): () => void {
  if (removals.size === 0) listen();
  removals.add(remove);
  return () => {
    removals.delete(remove);
    if (removals.size === 0) unlisten();
  };
}

const removeAll = (): void => {
  // What came last may still work with what came before it.
  for (const remove of [...removals].reverse()) remove();
};

const endings = Object.entries(SIGNALS).map(([name, code]) => ({
  name: name as NodeJS.Signals,
  end: () => process.exit(code),
}));

function listen(): void {
  process.on('exit', removeAll);
  for (const { name, end } of endings) process.on(name, end);
}

function unlisten(): void {
  process.off('exit', removeAll);
  for (const { name, end } of endings) process.off(name, end);
}
