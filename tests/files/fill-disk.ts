/** A full disk, as far as node:fs/promises tells of one. */

import fsPromises from 'node:fs/promises';
import type { TestContext } from 'node:test';

/** From now on half of the bytes of a file whose name holds `name` still fit; `code` is the system's word for that. */
export function fillDisk(t: TestContext, code = 'ENOSPC', name = ''): void {
  const { open } = fsPromises;
  t.mock.method(fsPromises, 'open', async (...args: Parameters<typeof open>) => {
    const file = await open(...args);
    if (!String(args[0]).includes(name)) return file;
    file.writeFile = async (data) => {
      const bytes = Buffer.from(data as Uint8Array);
      await file.write(bytes.subarray(0, bytes.length / 2));
      throw Object.assign(new Error(`${code}: write`), { code });
    };
    return file;
  });
}
