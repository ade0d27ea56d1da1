/** Whether something is there. */

import { access } from 'node:fs/promises';

/** False also where it can't be looked at; a link counts as what it leads to. */
export function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
