import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { files } from 'celeba-lab';
import { FileServer, status, type Answer } from '../commands/file-server';

const CONTENT = Buffer.from(Array.from({ length: 50_000 }, (_, index) => (index * index) % 251));
const FAST = { retryWaitMs: 1 };

let folder: string;
let server: FileServer;
let url: string;
let file: string;
let tests = 0;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'request-'));
});
after(() => rm(folder, { recursive: true }));
beforeEach(async () => {
  server = new FileServer({ 'photos.zip': CONTENT });
  url = `${await server.start()}photos.zip`;
  file = join(folder, `${++tests}.zip`);
});
afterEach(() => server.stop());

const ETAG = `"${createHash('md5').update(CONTENT).digest('hex')}"`;

/** An answer of `bytes` from the asked place on, broken off once the last of them is here: a break takes what wasn't read. */
function brokenOff(bytes: number, headers: Record<string, string> = { etag: ETAG }, of = CONTENT) {
  const breaks = new Map<number, () => unknown>();
  const answer: Answer = ({ headers: { range } }, response) => {
    const start = Number(/\d+/.exec(range ?? '0')?.[0]);
    const rest = start > 0 && { 'content-range': `bytes ${start}-${of.length - 1}/${of.length}` };
    response.writeHead(start > 0 ? 206 : 200, { ...headers, 'content-length': of.length - start, ...rest });
    response.write(of.subarray(start, start + bytes));
    breaks.set(start + bytes, () => response.destroy());
  };
  return { answer, onProgress: (received: number): void => void breaks.get(received)?.() };
}

/** What an earlier call left: bytes, and where they came from. */
async function writePart(bytes: Uint8Array, origin: { url: string; validator?: string }): Promise<void> {
  await writeFile(`${file}.part`, bytes);
  await writeFile(`${file}.part.json`, JSON.stringify(origin));
}

/** The ranges that were asked for. */
function ranges(): (string | undefined)[] {
  return server.seen.map(({ range }) => range);
}

function answers(...next: Answer[]): void {
  server.next['photos.zip'] = next;
}

test('download of a file whose size and checksum nobody published resumes by the ETag', async () => {
  const { answer, onProgress } = brokenOff(20_000);
  answers(answer);
  await files.download(url, file, { ...FAST, onProgress });
  assert.deepEqual(await readFile(file), CONTENT);
  assert.deepEqual(server.seen[1].range, 'bytes=20000-');
  assert.match(server.seen[1].ifRange ?? '', /^"[0-9a-f]{32}"$/);
});

test('download does not put the pieces of two versions together where a server ignores If-Range', async () => {
  const older = Buffer.alloc(CONTENT.length, 7);
  const heedless: Answer = (_, response) => {
    response.writeHead(206, { etag: '"new"', 'content-range': `bytes 20000-49999/50000`, 'content-length': 30_000 });
    response.end(CONTENT.subarray(20_000));
  };
  const { answer, onProgress } = brokenOff(20_000, { etag: '"old"' }, older);
  answers(answer, heedless);
  await files.download(url, file, { ...FAST, onProgress });
  assert.deepEqual(await readFile(file), CONTENT);
  assert.deepEqual(server.seen[2].range, undefined);
});

test('download begins anew where what came proves to be of another file only at the end', async () => {
  await writeFile(`${file}.part`, Buffer.alloc(20_000, 7));
  const checksum = { algorithm: 'sha256', hex: createHash('sha256').update(CONTENT).digest('hex') } as const;
  await files.download(url, file, { ...FAST, checksum });
  assert.deepEqual(await readFile(file), CONTENT);
  assert.deepEqual(
    server.seen.map(({ range }) => range),
    ['bytes=20000-', undefined],
  );
});

test('download goes on as long as each try brings something new', async () => {
  const { answer, onProgress } = brokenOff(10_000);
  answers(...new Array<Answer>(4).fill(answer));
  await files.download(url, file, { ...FAST, retries: 1, onProgress });
  assert.deepEqual(await readFile(file), CONTENT);
});

test('download gives up on a server that stays busy, or asks for a wait that is too long', async () => {
  const waits: string[] = [];
  answers(status(503), status(503), status(503));
  const options = { ...FAST, retries: 2, onWait: (ms: number, reason: string) => waits.push(`${reason}: ${ms}`) };
  await assert.rejects(files.download(url, file, options), /found HTTP status 503/);
  assert.deepEqual(waits, ['HTTP status 503: 1', 'HTTP status 503: 2']);
  answers(status(429, '3600'));
  await assert.rejects(
    files.download(url, file, FAST),
    /HTTP status 429, and a wait of 60 minutes asked for.*in 60 minutes\.$/,
  );
});

test('download asks again where the first answer did not come in time', async () => {
  const waits: string[] = [];
  const silent: Answer = () => undefined;
  answers(silent, silent);
  const options = { ...FAST, retries: 2, connectTimeoutMs: 100 };
  await files.download(url, file, { ...options, onWait: (_, reason) => waits.push(reason) });
  assert.deepEqual(await readFile(file), CONTENT);
  assert.deepEqual(waits, ['no answer (timeout)', 'no answer (timeout)']);
});

test('download asks again where the connection could not be made in time', async (t) => {
  const cause = Object.assign(new Error('Connect Timeout Error'), { code: 'UND_ERR_CONNECT_TIMEOUT' });
  t.mock.method(globalThis, 'fetch', () => Promise.reject(new TypeError('fetch failed', { cause })), { times: 1 });
  await files.download(url, file, { ...FAST, retries: 1 });
  assert.deepEqual(await readFile(file), CONTENT);
});

test('download that the caller stops before the answer asks no more', async () => {
  const stop = new AbortController();
  const silent: Answer = () => stop.abort();
  answers(silent, silent);
  await assert.rejects(files.download(url, file, { ...FAST, signal: stop.signal }), /found no answer \(stopped\)/);
  assert.equal(server.seen.length, 1);
});

test('download knows a web page by its first bytes, too, and keeps nothing of it', async () => {
  server.files['photos.zip'] = Buffer.from('<!doctype html><html><head><title>Log in</title></head></html>');
  await assert.rejects(files.download(url, file, FAST), /found a web page \("Log in"\), expected a file/);
  assert.equal(existsSync(file), false);
});

test("download checks a Git blob's checksum", async () => {
  server.files['photos.zip'] = Buffer.from('hello\n');
  const hex = 'ce013625030ba8dba906f756967f9e9ca394464a';
  await files.download(url, file, { checksum: { algorithm: 'git-blob', hex } });
  assert.equal(await readFile(file, 'utf8'), 'hello\n');
});

test('retryAfterMs reads seconds and dates, and nothing else', () => {
  assert.equal(files.retryAfterMs('5'), 5000);
  assert.equal(files.retryAfterMs(new Date(0).toUTCString()), 0);
  assert.deepEqual(['soon', '', null].map(files.retryAfterMs), [undefined, undefined, undefined]);
});

test('download that the caller stops while it waits for another try ends then', { timeout: 20_000 }, async () => {
  const stop = new AbortController();
  answers(status(503, '30'));
  const options = { ...FAST, signal: stop.signal, onWait: () => setImmediate(() => stop.abort()) };
  await assert.rejects(files.download(url, file, options), { name: 'AbortError' });
  assert.equal(server.seen.length, 1);
});

test('download puts no file in place that has fewer or more bytes than were published, also without a checksum', async () => {
  // Without its size, so that nothing but the published one tells.
  const chunked: Answer = (_, response, content) => void response.writeHead(200).end(content);
  for (const [sizeBytes, words] of [
    [CONTENT.length + 1, /found an end after 50000 bytes/],
    [CONTENT.length - 1, /found more than 49999 bytes, expected 49999 bytes/],
  ] as const) {
    answers(chunked);
    await assert.rejects(files.download(url, file, { ...FAST, sizeBytes, retries: 0 }), words);
    assert.equal(existsSync(file), false);
    await rm(`${file}.part`, { force: true });
  }
});

test('download does not go on with bytes from another address, even where the mark of the version is the same', async () => {
  await writePart(Buffer.alloc(20_000, 7), { url: `${url}.older`, validator: ETAG });
  await files.download(url, file, FAST);
  assert.deepEqual(await readFile(file), CONTENT);
  assert.deepEqual(ranges(), [undefined]);
});

test('download does not go on by a weak ETag, which may stay the same while bytes change', async () => {
  const { answer, onProgress } = brokenOff(20_000, { etag: 'W/"weak"' });
  answers(answer);
  await files.download(url, file, { ...FAST, onProgress });
  assert.deepEqual(await readFile(file), CONTENT);
  assert.deepEqual(ranges(), [undefined, undefined]);
});

test('download begins anew where a server sends another part than was asked for', async () => {
  await writePart(CONTENT.subarray(0, 20_000), { url, validator: ETAG });
  answers((_, response) => {
    response.writeHead(206, { etag: ETAG, 'content-range': 'bytes 30000-49999/50000', 'content-length': 20_000 });
    response.end(CONTENT.subarray(30_000));
  });
  await files.download(url, file, FAST);
  assert.deepEqual(await readFile(file), CONTENT);
  assert.deepEqual(ranges(), ['bytes=20000-', undefined]);
});

test('download is done where the server says that nothing is behind the bytes that are here', async () => {
  await writePart(CONTENT, { url, validator: ETAG });
  answers((_, response) => void response.writeHead(416, { 'content-range': 'bytes */50000' }).end());
  await files.download(url, file, FAST);
  assert.deepEqual(await readFile(file), CONTENT);
  assert.deepEqual(ranges(), ['bytes=50000-']);
});
