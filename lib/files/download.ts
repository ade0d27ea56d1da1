/** Downloads of known files: taken up again after a break, checked, put in place only when whole. */

import { mkdir, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { checksumOfFile, type Checksum } from './checksum';
import { PassingFault, passingFault, reasonOf, refusal } from './download-fault';
import { requestFile, webPageFault, type FileAnswer } from './download-request';
import { PartFile } from './part-file';

/** What is downloaded, and how its arrival is followed. */
export interface DownloadOptions {
  /** The file's size in bytes, as published; default unknown. */
  sizeBytes?: number;
  /** The file's checksum, as published; default unknown. */
  checksum?: Checksum;
  /** Longest wait of each try for the server's answer, in ms; default 10,000. */
  connectTimeoutMs?: number;
  /** Longest wait for the next piece, in ms; default 30,000. */
  stallTimeoutMs?: number;
  /** How many tries in a row may bring nothing new before it gives up, beside the first; default 3. */
  retries?: number;
  /** Wait before the first new try, in ms; doubled for each further one, unless the server asks for another; default 1,000. */
  retryWaitMs?: number;
  /** The longest wait that a server may ask for, in ms; default 120,000. */
  longestWaitMs?: number;
  /** Ends the download early; what came stays. */
  signal?: AbortSignal;
  /** Called with each piece: bytes that are here so far, of how many where that is known. */
  onProgress?: (receivedBytes: number, sizeBytes: number | undefined) => void;
  /** Called before a wait. */
  onWait?: (waitMs: number, reason: string) => void;
}

/**
 * Downloads a file. What came before an interruption stays in `<file>.part`, and the next call goes on from there; where
 * the server's file has changed since, it begins anew.
 * @param url     http or https
 * @param file    where it shall be; replaced where it exists
 * @param options its published size and checksum
 * @throws        MissingFile where the server hasn't got it; InputError where the server can't be reached, answers with
 *                an error or a web page, or sends another file
 */
export async function download(url: string, file: string, options: DownloadOptions): Promise<void> {
  const part = new PartFile(file);
  await mkdir(dirname(file), { recursive: true });
  if ((await part.sizeBytes()) > (options.sizeBytes ?? Infinity)) await part.remove();
  const resumed = (await part.sizeBytes()) > 0;
  await receiveAll(url, part, options);
  const fault = await faultOf(url, part, options);
  if (fault !== undefined && resumed) {
    // The beginning may be an older version's: once more, from the start.
    await part.remove();
    await receiveAll(url, part, options);
    await orThrow(part, await faultOf(url, part, options));
  } else await orThrow(part, fault);
  await part.finish();
}

async function faultOf(url: string, part: PartFile, { checksum }: DownloadOptions): Promise<Error | undefined> {
  if (checksum === undefined) return undefined;
  const { algorithm, hex } = checksum;
  const found = await checksumOfFile(part.path, algorithm);
  return found === hex ? undefined : refusal(url, `a file with ${algorithm} ${found}`, `${algorithm} ${hex}`);
}

async function orThrow(part: PartFile, fault: Error | undefined): Promise<void> {
  if (fault === undefined) return;
  await part.remove();
  throw fault;
}

/** Tries until all bytes are here. */
async function receiveAll(url: string, part: PartFile, options: DownloadOptions): Promise<void> {
  const { retries = 3, retryWaitMs = 1000, longestWaitMs = 120_000, onWait } = options;
  for (let failures = 0; ;) {
    const before = await part.sizeBytes();
    try {
      return await receive(url, part, options);
    } catch (error) {
      if (!(error instanceof PassingFault) || options.signal?.aborted) throw error;
      failures = (await part.sizeBytes()) > before ? 1 : failures + 1;
      if (failures > retries) throw error;
      const waitMs = error.retryAfterMs ?? retryWaitMs * 2 ** (failures - 1);
      if (waitMs > longestWaitMs) throw tooLong(url, error, waitMs);
      onWait?.(waitMs, error.found);
      await pause(waitMs, undefined, { signal: options.signal });
    }
  }
}

function tooLong(url: string, { found }: PassingFault, waitMs: number): Error {
  const minutes = Math.ceil(waitMs / 60_000);
  return refusal(
    url,
    `${found}, and a wait of ${minutes} minutes asked for`,
    'a file',
    `Run it again in ${minutes} minutes`,
  );
}

/** Adds what is missing to `part`. */
async function receive(url: string, part: PartFile, options: DownloadOptions): Promise<void> {
  const { sizeBytes, checksum, connectTimeoutMs = 10000, stallTimeoutMs = 30000 } = options;
  const here = await part.sizeBytes();
  if (here > 0 && here === sizeBytes) return;
  const validator = await part.validator(url);
  // Without a mark of the version and without a checksum nothing would tell the pieces of two files apart.
  const start = validator !== undefined || checksum !== undefined ? here : 0;
  const aborter = new AbortController();
  const timer = new Timer(() => aborter.abort(new DOMException('no answer in time', 'TimeoutError')));
  const signal = AbortSignal.any([aborter.signal, ...(options.signal ? [options.signal] : [])]);
  try {
    timer.set(connectTimeoutMs);
    const answer = await requestFile(url, { start, validator }, sizeBytes, signal);
    timer.set(stallTimeoutMs);
    if (answer === undefined) return;
    const output = answer.start > 0 ? await part.continue() : await part.begin(url, answer.validator);
    try {
      await write(url, answer, output, options, () => timer.set(stallTimeoutMs));
    } finally {
      await output.close();
    }
  } finally {
    timer.set(undefined);
  }
}

async function write(
  url: string,
  answer: FileAnswer,
  output: FileHandle,
  options: DownloadOptions,
  onPiece: () => void,
): Promise<void> {
  const sizeBytes = options.sizeBytes ?? answer.sizeBytes;
  let received = answer.start;
  for await (const piece of pieces(url, answer.response)) {
    const page = received === 0 ? webPageFault(url, piece) : undefined;
    if (page !== undefined) throw page;
    onPiece();
    await output.appendFile(piece);
    received += piece.length;
    options.onProgress?.(received, sizeBytes);
    if (received > (sizeBytes ?? Infinity)) throw refusal(url, `more than ${sizeBytes} bytes`, `${sizeBytes} bytes`);
  }
  if (received < (sizeBytes ?? 0)) throw passingFault(url, `an end after ${received} bytes`);
}

async function* pieces(url: string, response: Response): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of response.body ?? []) yield piece as Uint8Array;
  } catch (error) {
    throw passingFault(url, `a connection that broke (${reasonOf(error)})`);
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
