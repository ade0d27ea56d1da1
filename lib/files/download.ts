/** Downloads of known files: taken up again after a break, checked, put in place only when whole. */

import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { InputError } from '../errors';
import { md5OfFile } from './checksum';

/** What is downloaded, and how its arrival is followed. */
export interface DownloadOptions {
  /** The file's size in bytes, as published. */
  sizeBytes: number;
  /** The file's MD5, 32 hexadecimal digits, as published. */
  md5: string;
  /** Longest wait for the server's answer, in ms; default 10,000. */
  connectTimeoutMs?: number;
  /** Longest wait for the next piece, in ms; default 30,000. */
  stallTimeoutMs?: number;
  /** How often a connection that broke is tried again, from where it broke; default 3. */
  retries?: number;
  /** Called with each piece: bytes that are here so far, of `sizeBytes`. */
  onProgress?: (receivedBytes: number) => void;
}

/** The server answered, and then the connection ended early: worth another try. */
class BrokenConnection extends InputError {}

/**
 * Downloads a file. What came before an interruption stays in `<file>.part`, and the next call goes on from there.
 * @param url     http or https
 * @param file    where it shall be; replaced where it exists
 * @param options its published size and checksum
 * @throws        InputError where the server can't be reached, answers with an error or a web page, or sends another file
 */
export async function download(url: string, file: string, options: DownloadOptions): Promise<void> {
  const part = `${file}.part`;
  await mkdir(dirname(file), { recursive: true });
  for (let retriesLeft = options.retries ?? 3; (await sizeOf(part)) < options.sizeBytes; retriesLeft--) {
    try {
      await receive(url, part, options);
    } catch (error) {
      if (!(error instanceof BrokenConnection) || retriesLeft === 0) throw error;
    }
  }
  const md5 = await md5OfFile(part);
  if (md5 !== options.md5) {
    await rm(part);
    throw refusal(url, `a file with md5 ${md5}`, `md5 ${options.md5}`);
  }
  await rename(part, file);
}

/** Adds what is missing to `part`. */
async function receive(url: string, part: string, options: DownloadOptions): Promise<void> {
  const { sizeBytes, connectTimeoutMs = 10000, stallTimeoutMs = 30000, onProgress } = options;
  const aborter = new AbortController();
  const timer = new Timer(() => aborter.abort());
  try {
    timer.set(connectTimeoutMs);
    const response = await request(url, await sizeOf(part), sizeBytes, aborter.signal);
    timer.set(stallTimeoutMs);
    let received = response.status === 206 ? await sizeOf(part) : 0;
    const output = await open(part, received > 0 ? 'a' : 'w');
    try {
      for await (const piece of pieces(url, response)) {
        timer.set(stallTimeoutMs);
        await output.appendFile(piece);
        received += piece.length;
        onProgress?.(received);
      }
      if (received < sizeBytes) throw broken(url, `an end after ${received} bytes`);
    } finally {
      await output.close();
    }
  } finally {
    timer.set(undefined);
  }
}

/** Asks for the bytes from `start` on; a server that can't do that sends all of them, with status 200. */
async function request(url: string, start: number, sizeBytes: number, signal: AbortSignal): Promise<Response> {
  const headers = { 'accept-encoding': 'identity', ...(start > 0 && { range: `bytes=${start}-` }) };
  const response = await fetch(url, { headers, signal }).catch((error: unknown) => {
    throw refusal(
      url,
      `no answer (${reasonOf(error)})`,
      'a file',
      'Check the connection to the internet, then run it again',
    );
  });
  const expected = `a file of ${sizeBytes} bytes`;
  if (!response.ok) throw refusal(url, `HTTP status ${response.status}`, expected);
  if (response.headers.get('content-type')?.includes('text/html')) throw refusal(url, 'a web page', expected);
  const length = Number(response.headers.get('content-length') ?? NaN);
  const whole = response.status === 206 ? start + length : length;
  if (Number.isNaN(whole) || whole === sizeBytes) return response;
  throw refusal(url, `a file of ${whole} bytes`, expected);
}

async function* pieces(url: string, response: Response): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of response.body ?? []) yield piece as Uint8Array;
  } catch (error) {
    throw broken(url, `a connection that broke (${reasonOf(error)})`);
  }
}

class Timer {
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly onTime: () => void) {}

  /** Starts anew; undefined stops it. */
  set(ms: number | undefined): void {
    clearTimeout(this.timer);
    this.timer = ms === undefined ? undefined : setTimeout(this.onTime, ms);
  }
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.size ?? 0;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'AbortError') return 'timeout';
  const cause = error.cause as NodeJS.ErrnoException | undefined;
  return cause?.code ?? cause?.message ?? error.message;
}

function broken(url: string, found: string): BrokenConnection {
  const remedy = 'Run it again: it goes on from where it broke';
  return new BrokenConnection({ where: url, found, expected: 'the whole file', remedy });
}

function refusal(url: string, found: string, expected: string, remedy = 'Run it again later'): InputError {
  return new InputError({ where: url, found, expected, remedy });
}
