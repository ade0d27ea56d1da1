/** A server of files on this machine that misbehaves when told to. */

import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One answer that differs from the usual one. */
export type Answer = (request: IncomingMessage, response: ServerResponse, content: Buffer) => void;

/** What was asked for. */
export interface SeenRequest {
  path: string;
  range: string | undefined;
  ifRange: string | undefined;
}

/** Serves `files` with ETag, Range and If-Range, as servers of files do. */
export class FileServer {
  /** By path, without the first slash. */
  readonly files: Record<string, Buffer>;
  /** By path: answers for the next requests, before the usual ones. */
  readonly next: Record<string, Answer[]> = {};
  readonly seen: SeenRequest[] = [];
  private readonly server = createServer((request, response) => this.answer(request, response));

  constructor(files: Record<string, Buffer>) {
    this.files = files;
  }

  /** Address that ends with a slash. */
  async start(): Promise<string> {
    await new Promise<void>((listening) => this.server.listen(0, '127.0.0.1', listening));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  /** Ends every connection. */
  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const path = decodeURIComponent((request.url ?? '/').slice(1));
    const { range, 'if-range': ifRange } = request.headers;
    this.seen.push({ path, range, ifRange: ifRange as string | undefined });
    const content = this.files[path];
    const special = this.next[path]?.shift();
    if (special) return special(request, response, content);
    if (content === undefined) return void response.writeHead(404).end();
    serve(request, response, content);
  }
}

/** The usual answer: the part that is asked for, or all where the file has changed since. */
export function serve(request: IncomingMessage, response: ServerResponse, content: Buffer): void {
  const etag = etagOf(content);
  const { range, 'if-range': ifRange } = request.headers;
  const start = ifRange === undefined || ifRange === etag ? Number(/bytes=(\d+)-/.exec(range ?? '')?.[1] ?? 0) : 0;
  const length = content.length - start;
  const part = start > 0 && { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` };
  response.writeHead(start > 0 ? 206 : 200, { etag, 'content-length': length, ...part });
  response.end(content.subarray(start));
}

/** Sends the beginning and breaks the connection. */
export function cutAfter(bytes: number): Answer {
  return (_, response, content) => {
    response.writeHead(200, { etag: etagOf(content), 'content-length': content.length });
    response.write(content.subarray(0, bytes), () => setTimeout(() => response.destroy(), 50));
  };
}

/** All of the file, whatever was asked for. */
export const ignoreRange: Answer = (_, response, content) =>
  void response.writeHead(200, { 'content-length': content.length }).end(content);

/** An error of the server, with how many seconds to wait. */
export function status(code: number, retryAfter?: string): Answer {
  return (_, response) =>
    void response.writeHead(code, retryAfter === undefined ? {} : { 'retry-after': retryAfter }).end();
}

/** The page that comes instead of a file when its quota is used up. */
export const quotaPage: Answer = (_, response) =>
  void response
    .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    .end('<!DOCTYPE html><html><head><title>Google Drive - Quota exceeded</title></head></html>');

function etagOf(content: Buffer): string {
  return `"${createHash('md5').update(content).digest('hex')}"`;
}
