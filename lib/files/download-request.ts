/** Asks a server for a file, or for the rest of it, and judges the answer before a byte is kept. */

import { MissingFile, passingFault, reasonOf, refusal, TIMEOUT } from './download-fault';
import { isWebPage } from './web-page';

/** An answer that brings the file. */
export interface FileAnswer {
  response: Response;
  /** Bytes before the first one that comes. */
  start: number;
  /** Size of the whole file in bytes, where the server says it. */
  sizeBytes?: number;
  /** The server's mark of this version of the file. */
  validator?: string;
}

/** What is here already. */
export interface ResumePoint {
  /** Bytes that are here. */
  start: number;
  /** The mark of the version that they are of; without it the rest is asked for without a condition. */
  validator?: string;
}

// The server is busy or broken for now.
const PASSING_STATUS = new Set([408, 425, 429, 500, 502, 503, 504]);
// The connection broke or nothing came in time; what isn't here (an unknown host, a closed port) won't mend itself.
const PASSING_REASONS = new Set([
  'ECONNRESET',
  'UND_ERR_SOCKET',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  TIMEOUT,
  'UND_ERR_CONNECT_TIMEOUT',
]);
const CHECK_CONNECTION = 'Check the connection to the internet, then run it again';
// A page's title stands within its first bytes.
const MOST_PAGE_BYTES = 65_536;

/**
 * Asks for the bytes that are missing; a server that can't do that, or whose file has changed, sends all of them.
 * @param sizeBytes published size of the file; undefined where it isn't known
 * @returns         the answer; `start` is 0 where the whole file comes, and undefined stands for "nothing is missing"
 * @throws          PassingFault where another try may help, MissingFile for 404 and 410, InputError for the rest
 */
export async function requestFile(
  url: string,
  { start, validator }: ResumePoint,
  sizeBytes: number | undefined,
  signal: AbortSignal,
): Promise<FileAnswer | undefined> {
  const condition = validator === undefined ? undefined : { 'if-range': validator };
  const range = start > 0 ? { range: `bytes=${start}-`, ...condition } : undefined;
  const response = await ask(url, { 'accept-encoding': 'identity', ...range }, signal);
  if (response.status === 416 && start > 0) {
    await response.body?.cancel();
    if (totalOf(response) === start) return undefined;
    return requestFile(url, { start: 0 }, sizeBytes, signal);
  }
  const expected = sizeBytes === undefined ? 'a file' : `a file of ${sizeBytes} bytes`;
  await checkStatus(url, response, expected);
  const answer = read(response, start);
  const otherVersion = validator !== undefined && answer.validator !== undefined && answer.validator !== validator;
  if (answer.start !== 0 && (answer.start !== start || otherVersion)) {
    await response.body?.cancel();
    return requestFile(url, { start: 0 }, sizeBytes, signal);
  }
  if (sizeBytes === undefined || answer.sizeBytes === undefined || answer.sizeBytes === sizeBytes) return answer;
  await response.body?.cancel();
  throw refusal(url, `a file of ${answer.sizeBytes} bytes`, expected);
}

async function ask(url: string, headers: Record<string, string>, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, { headers, signal });
  } catch (error) {
    const reason = reasonOf(error);
    if (PASSING_REASONS.has(reason)) throw passingFault(url, `no answer (${reason})`, undefined, CHECK_CONNECTION);
    throw refusal(url, `no answer (${reason})`, 'a file', CHECK_CONNECTION);
  }
}

async function checkStatus(url: string, response: Response, expected: string): Promise<void> {
  const { status } = response;
  if (response.ok && response.headers.get('content-type')?.includes('text/html')) {
    const title = titleOf(await beginningOf(response));
    throw refusal(url, webPage(title), expected, pageRemedy(title));
  }
  if (response.ok) return;
  await response.body?.cancel();
  const found = `HTTP status ${status}`;
  if (PASSING_STATUS.has(status)) throw passingFault(url, found, retryAfterMs(response.headers.get('retry-after')));
  if (status === 404 || status === 410)
    throw new MissingFile({ where: url, found, expected, remedy: 'Try another source' });
  throw refusal(url, found, expected);
}

function read(response: Response, asked: number): FileAnswer {
  const header = (name: string): string | undefined => response.headers.get(name) ?? undefined;
  const length = Number(header('content-length') ?? NaN);
  const partial = response.status === 206;
  const from = Number(/^bytes (\d+)-/.exec(header('content-range') ?? '')?.[1] ?? asked);
  const start = partial ? from : 0;
  const sizeBytes = totalOf(response) ?? (Number.isNaN(length) ? undefined : start + length);
  const etag = header('etag');
  // A weak ETag may stay the same while bytes change.
  const validator = etag !== undefined && !etag.startsWith('W/') ? etag : header('last-modified');
  return { response, start, sizeBytes, validator };
}

function totalOf(response: Response): number | undefined {
  const total = /^bytes (?:\d+-\d+|\*)\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1];
  return total === undefined ? undefined : Number(total);
}

/**
 * A server's Retry-After as a wait.
 * @param value seconds or a date
 * @returns     ms, at least 0; undefined where there is none
 * @example     retryAfterMs('5') // 5000
 */
export function retryAfterMs(value: string | null): number | undefined {
  if (value === null || value.trim() === '') return undefined;
  const ms = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

/**
 * The fault where the first bytes of a file are a web page's, as servers send it when a quota is used up.
 * @param bytes the file's first bytes
 * @returns     undefined where they are no web page's
 */
export function webPageFault(url: string, bytes: Uint8Array): Error | undefined {
  if (!isWebPage(bytes)) return undefined;
  const text = Buffer.from(bytes.subarray(0, MOST_PAGE_BYTES)).toString('utf8');
  return refusal(url, webPage(titleOf(text)), 'a file', pageRemedy(titleOf(text)));
}

function webPage(title: string | undefined): string {
  return title === undefined ? 'a web page' : `a web page ("${title}")`;
}

function pageRemedy(title: string | undefined): string {
  if (title !== undefined && /quota|too many/i.test(title))
    return "The file's downloads of today are used up: run it again tomorrow, or take it from another source";
  return 'Run it again later, or take it from another source';
}

function titleOf(page: string): string | undefined {
  const title = /<title[^>]*>([^<]*)/i.exec(page)?.[1].replace(/\s+/g, ' ').trim().slice(0, 80);
  return title === '' ? undefined : title;
}

async function beginningOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk as Uint8Array);
    size += chunks[chunks.length - 1].length;
    if (size >= MOST_PAGE_BYTES) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}
