import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { InputError } from 'celeba-lab';
import { fetchFiles } from '../../../scripts/data/fetch-files';
import { FileServer, serve, status, type Answer } from '../file-server';

const CONTENT = Buffer.from('bytes of a file');
// Longer than the refusal of the first file takes to arrive, however busy the machine is.
const SLOW_MS = 8000;

/** Answers as usual, but late; not at all where nobody waits any more. */
const slow: Answer = (request, response, content) => {
  const timer = setTimeout(() => serve(request, response, content), SLOW_MS);
  response.once('close', () => clearTimeout(timer));
};

test('a file that is refused ends the downloads beside it, and no other file is asked for', async (t) => {
  const paths = ['refused', 'b', 'c', 'd', 'later', 'last'].map((name) => `${name}.jpg`);
  const server = new FileServer(Object.fromEntries(paths.map((path) => [path, CONTENT])));
  server.next[paths[0]] = [status(403)];
  for (const path of paths.slice(1, 4)) server.next[path] = [slow];
  const address = await server.start();
  const folder = await mkdtemp(join(tmpdir(), 'fetch-'));
  t.after(async () => {
    server.stop();
    await rm(folder, { recursive: true });
  });
  const files = paths.map((path) => ({ path, url: `${address}${path}`, sizeBytes: CONTENT.length }));
  await assert.rejects(
    fetchFiles(files, folder, 1000),
    (error) => error instanceof InputError && error.where.endsWith(paths[0]) && /status 403/.test(error.found),
  );
  const asked = server.seen.map(({ path }) => path);
  assert.deepEqual(
    asked.filter((path) => paths.slice(4).includes(path)),
    [],
  );
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.endsWith('.jpg')),
    [],
  );
});
