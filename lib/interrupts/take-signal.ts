/** Ctrl+C, which a notebook's stop button sends too, taken over for a while. */

/** Makes `listener` the only one for SIGINT; the returned function puts the others back. */
export function takeSignal(listener: () => void): () => void {
  const others = process.rawListeners('SIGINT') as NodeJS.SignalsListener[];
  // Added before the others go: without any listener, a signal ends the process.
  process.on('SIGINT', listener);
  for (const other of others) process.off('SIGINT', other);
  return () => {
    for (const other of others) process.on('SIGINT', other);
    process.off('SIGINT', listener);
  };
}

/** Gives the event loop a turn: only then is a signal seen. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
