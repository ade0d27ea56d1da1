import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { runCommand } from '../run-command';

test('data exits with 2 for another dataset and an unknown option, with its usage, and for an unreadable catalog', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'usage-'));
  t.after(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'broken.json'), '{');
  const wrong: [string[], RegExp][] = [
    [[], /^data: found no dataset, expected celeba or portraits/],
    [['faces'], /^data: found "faces"/],
    [['celeba', '--form', 'x'], /^data: found unknown option '--form'/],
  ];
  for (const [args, words] of wrong) {
    const { code, stderr } = await runCommand('data.ts', args);
    assert.equal(code, 2);
    assert.match(stderr, words);
    assert.match(stderr, /\n\nUsage: npm run data/);
  }
  const { code, stderr } = await runCommand('data.ts', ['celeba', '--catalog', join(folder, 'broken.json')]);
  assert.equal(code, 2);
  assert.match(stderr, /broken\.json: found text that is no JSON/);
});

test('data exits with 2 for a source that the dataset has not, one beside --from, and an address without a host, before it shows the terms', async () => {
  const wrong: [string[], RegExp][] = [
    [['--source', 'nonsense'], /^--source: found "nonsense", expected huggingface or official\./],
    [['--source', 'nonsense', '--from', 'given'], /^--source: found "nonsense", expected huggingface or official\./],
    [
      ['--source', 'official', '--from', 'given'],
      /^--source: found "official" beside --from, expected one of the two\./,
    ],
    [['--from', 'http://'], /^--from: found "http:\/\/", expected an address with a host/],
    [['--from', 'https://[host/'], /^--from: found "https:\/\/\[host\/", expected an address with a host/],
  ];
  for (const [args, words] of wrong) {
    const { code, stderr } = await runCommand('data.ts', ['celeba', ...args]);
    assert.equal(code, 2, stderr);
    assert.match(stderr, words);
    assert.equal(stderr.trimEnd().split('\n').length, 1, stderr);
  }
});
