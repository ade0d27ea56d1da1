/** Work on several things at once, with nothing of it going on behind who waits for it. */

/**
 * Results of several pieces of work, once all have ended, also where one failed: `Promise.all` would leave the others running.
 * @param works begun already
 * @returns     their results, in their order
 * @throws      what the first of them in their order that failed threw
 */
export async function allEnded<T>(works: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(works);
  return Promise.all(works);
}
