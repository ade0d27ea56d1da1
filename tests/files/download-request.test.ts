import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { files } from 'celeba-lab';
import { cutAfter, FileServer, status, type Answer } from '../commands/file-server';

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

function answers(...next: Answer[]): void {
  server.next['photos.zip'] = next;
}

test('download of a file whose size and checksum nobody published resumes by the ETag', async () => {
  answers(cutAfter(20_000));
  await files.download(url, file, FAST);
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
  answers((request, response) => cutAfter(20_000)(request, response, older), heedless);
  await files.download(url, file, FAST);
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
  const brings =
    (bytes: number): Answer =>
    (request, response, content) => {
      const start = Number(/\d+/.exec(request.headers.range ?? '0')?.[0]);
      const etag = '"same"';
      const range = start > 0 && { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` };
      response.writeHead(start > 0 ? 206 : 200, { etag, 'content-length': content.length - start, ...range });
      const piece = content.subarray(start, start + bytes);
      if (start + bytes >= content.length) response.end(piece);
      else response.write(piece, () => setTimeout(() => response.destroy(), 20));
    };
  answers(...Array.from({ length: 5 }, () => brings(10_000)));
  await files.download(url, file, { ...FAST, retries: 1 });
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
