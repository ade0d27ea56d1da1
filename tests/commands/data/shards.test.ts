import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { projectPath } from 'celeba-lab/dist/project';
import { expandRange, isWhole, readCatalog } from '../../../scripts/data/catalog';
import { parquetFault } from '../../../scripts/data/parquet-ends';
import { missingShards } from '../../../scripts/data/shards';

const TRAIN = expandRange('train-{00000..00018}-of-00019.parquet');
const OTHERS = ['valid', 'test'].map((part) => `${part}-00000-of-00001.parquet`);

test('missingShards names the parts that are missing of each table, and none for other files', () => {
  assert.deepEqual(missingShards([...TRAIN, ...OTHERS, 'list_attr_celeba.txt']), []);
  assert.deepEqual(missingShards(['test-00001-of-00003.parquet', ...OTHERS]), [
    'test-00000-of-00003.parquet',
    'test-00002-of-00003.parquet',
  ]);
});

test('one parquet file of nineteen is no whole copy of CelebA', async () => {
  const { celeba } = await readCatalog(projectPath('scripts', 'data', 'sources.json'));
  assert.equal(isWhole(celeba, [...TRAIN, ...OTHERS]), true);
  assert.equal(isWhole(celeba, [TRAIN[0], ...OTHERS]), false);
  assert.equal(isWhole(celeba, [...TRAIN.slice(0, 18), ...OTHERS]), false);
});

test('parquetFault names a parquet file without PAR1 at one of its ends, and looks at no other files', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'parquet-ends-'));
  t.after(() => rm(folder, { recursive: true }));
  const faultOf = async (name: string, bytes: string): Promise<string | undefined> => {
    await writeFile(join(folder, name), bytes);
    return (await parquetFault(join(folder, name), name))?.message;
  };
  assert.equal(await faultOf('a.parquet', 'PAR1 table and footer PAR1'), undefined);
  assert.equal(await faultOf('a.txt', 'text'), undefined);
  for (const bytes of ['PAR1 table and', 'table and footer PAR1', 'PAR1', ''])
    assert.match((await faultOf('a.parquet', bytes)) ?? '', /^a\.parquet: found \d+ bytes that aren't a whole parquet/);
});
