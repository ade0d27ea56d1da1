/** Ctrl+C, which a notebook's stop button sends too, taken over for a while. */

type Listener = () => void;

/** Of all works under way; a Set of objects, as one listener may be given twice. */
const takers = new Set<{ listener: Listener }>();
let giveBack: Listener | undefined;

/**
 * Makes `listener` one that hears SIGINT in place of all others, such as a kernel's; works that are under way together all hear it.
 * @returns to be called at the end: after the last of them the others hear it again
 */
export function takeSignal(listener: Listener): () => void {
  const taker = { listener };
  takers.add(taker);
  giveBack ??= replaceListeners(() => takers.forEach(({ listener: hear }) => hear()));
  return () => {
    takers.delete(taker);
    if (takers.size > 0) return;
    giveBack?.();
    giveBack = undefined;
  };
}

function replaceListeners(listener: Listener): Listener {
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
