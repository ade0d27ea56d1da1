import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import fsPromises, { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { files, InputError } from 'celeba-lab';

const CONTENT = Buffer.from(Array.from({ length: 100000 }, (_, index) => (index * index) % 251));
const MD5 = { algorithm: 'md5', hex: createHash('md5').update(CONTENT).digest('hex') } as const;
const PUBLISHED = { sizeBytes: CONTENT.length, checksum: MD5, retries: 0, retryWaitMs: 1 };

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'download-'));
});
after(() => rm(folder, { recursive: true }));

/** Starts a server on this machine for one test, and hands over its address. */
async function withServer(answer: RequestListener, work: (url: string) => Promise<void>): Promise<void> {
  const server: Server = createServer(answer);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  try {
    await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}/weights.h5`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** Answers as servers of files do, with the part that was asked for; the first answer stops after `share` until it is broken off. */
function fileServer(share: number) {
  const starts: number[] = [];
  let breakOff = (): unknown => undefined;
  const answer: RequestListener = (request, response) => {
    const start = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
    starts.push(start);
    response.writeHead(start > 0 ? 206 : 200, { 'content-length': CONTENT.length - start });
    if (starts.length > 1 || share === 1) return response.end(CONTENT.subarray(start));
    response.write(CONTENT.subarray(0, CONTENT.length * share));
    breakOff = () => response.destroy();
  };
  // Not before the bytes are here: a break also takes those that came and weren't read yet.
  const onProgress = (bytes: number): void => void (bytes === CONTENT.length * share && breakOff());
  return { answer, starts, onProgress };
}

function refusal(words: RegExp): (error: unknown) => boolean {
  return (error) => error instanceof InputError && words.test(error.message);
}

test('download puts the whole file in place and reports its bytes', async () => {
  const file = join(folder, 'new-folder', 'whole.h5');
  let received = 0;
  await withServer(fileServer(1).answer, (url) =>
    files.download(url, file, { ...PUBLISHED, onProgress: (bytes) => (received = bytes) }),
  );
  assert.deepEqual(await readFile(file), CONTENT);
  assert.equal(received, CONTENT.length);
  assert.equal(existsSync(`${file}.part`), false);
});

test('download goes on where the connection broke', async () => {
  const file = join(folder, 'broken.h5');
  const { answer, starts, onProgress } = fileServer(0.5);
  await withServer(answer, (url) => files.download(url, file, { ...PUBLISHED, retries: 1, onProgress }));
  assert.deepEqual(await readFile(file), CONTENT);
  assert.deepEqual(starts, [0, CONTENT.length / 2]);
});

test('download that breaks for good keeps what came, and the next call goes on from there', async () => {
  const file = join(folder, 'interrupted.h5');
  const { answer, starts, onProgress } = fileServer(0.25);
  await withServer(answer, async (url) => {
    await assert.rejects(files.download(url, file, { ...PUBLISHED, onProgress }), refusal(/a connection that broke/));
    assert.equal(existsSync(file), false);
    await files.download(url, file, PUBLISHED);
  });
  assert.deepEqual(await readFile(file), CONTENT);
  assert.deepEqual(starts, [0, CONTENT.length / 4]);
});

test('download begins anew where the server sends the whole file again', async () => {
  const file = join(folder, 'no-ranges.h5');
  await writeFile(`${file}.part`, 'something else');
  await withServer(
    (_, response) => response.writeHead(200).end(CONTENT),
    (url) => files.download(url, file, PUBLISHED),
  );
  assert.deepEqual(await readFile(file), CONTENT);
});

test('download refuses a file with another checksum and leaves nothing behind', async () => {
  const file = join(folder, 'wrong.h5');
  const options = { ...PUBLISHED, checksum: { algorithm: 'md5', hex: '0'.repeat(32) } as const };
  await withServer(fileServer(1).answer, (url) =>
    assert.rejects(files.download(url, file, options), refusal(/a file with md5 [0-9a-f]{32}, expected md5 0{32}/)),
  );
  assert.equal(existsSync(file) || existsSync(`${file}.part`), false);
});

test('download refuses a file of another size before it comes', async () => {
  const file = join(folder, 'short.h5');
  await withServer(fileServer(1).answer, (url) =>
    assert.rejects(files.download(url, file, { ...PUBLISHED, sizeBytes: 5 }), refusal(/a file of 100000 bytes/)),
  );
});

test('download names a web page that comes instead of the file', async () => {
  const file = join(folder, 'page.h5');
  await withServer(
    (_, response) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<html>Quota</html>'),
    (url) => assert.rejects(files.download(url, file, PUBLISHED), refusal(/found a web page/)),
  );
});

test('download names the status of a file that is not there', async () => {
  const file = join(folder, 'missing.h5');
  await withServer(
    (_, response) => response.writeHead(404).end(),
    (url) => assert.rejects(files.download(url, file, PUBLISHED), refusal(/found HTTP status 404/)),
  );
});

test('download loses nothing of what came where the disk says for a while that it cannot be looked at', async (t) => {
  const file = join(folder, 'kept.h5');
  await writeFile(`${file}.part`, CONTENT.subarray(0, 60000));
  const { answer, starts } = fileServer(1);
  await withServer(answer, async (url) => {
    for (const method of ['stat', 'readFile'] as const) {
      const failing = t.mock.method(fsPromises, method, () =>
        Promise.reject(Object.assign(new Error('EIO'), { code: 'EIO' })),
      );
      await assert.rejects(files.download(url, file, PUBLISHED), { code: 'EIO' });
      failing.mock.restore();
    }
    await files.download(url, file, PUBLISHED);
  });
  assert.deepEqual([starts, await readFile(file)], [[60000], CONTENT]);
});

test('download gives up on a server that accepts the connection and never answers', async () => {
  const file = join(folder, 'silent.h5');
  await withServer(
    () => undefined,
    (url) =>
      assert.rejects(
        files.download(url, file, { ...PUBLISHED, connectTimeoutMs: 100 }),
        refusal(/no answer \(timeout\)/),
      ),
  );
});

test('download gives up on a server that stops in the middle', async () => {
  const file = join(folder, 'stalled.h5');
  await withServer(
    (_, response) => response.writeHead(200, { 'content-length': CONTENT.length }).write(CONTENT.subarray(0, 1000)),
    (url) =>
      assert.rejects(
        files.download(url, file, { ...PUBLISHED, stallTimeoutMs: 200 }),
        refusal(/a connection that broke \(timeout\)/),
      ),
  );
});

test('download says that a server cannot be reached', async () => {
  const file = join(folder, 'unreachable.h5');
  let address = '';
  await withServer(fileServer(1).answer, (url) => Promise.resolve(void (address = url)));
  await assert.rejects(files.download(address, file, PUBLISHED), refusal(/no answer \(ECONNREFUSED\)/));
});
