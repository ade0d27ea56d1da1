import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shardItems, shardOf } from '../../../scripts/predict/shard';

test('shardItems gives parts that differ by one at most and are the whole list one after the other', () => {
  const items = Array.from({ length: 103 }, (_, i) => i);
  const parts = Array.from({ length: 8 }, (_, index) => shardItems(items, { index, count: 8 }));
  assert.deepEqual(parts.flat(), items);
  assert.deepEqual([...new Set(parts.map((part) => part.length))].sort(), [12, 13]);
});

test('shardItems of fewer items than parts leaves some parts empty', () => {
  const parts = [0, 1, 2, 3].map((index) => shardItems(['a', 'b'], { index, count: 4 }));
  assert.deepEqual(parts.flat(), ['a', 'b']);
});

test('shardOf counts from 0, and takes N/N for the first part', () => {
  assert.deepEqual(shardOf({ shard: '3/4' }, {}), { index: 3, count: 4 });
  assert.deepEqual(shardOf({ shard: '4/4' }, {}), { index: 0, count: 4 });
  assert.equal(shardOf({}, {}), undefined);
});

test('shardOf takes the part from a Slurm array, wherever its numbers begin, and from a Kubernetes Indexed Job', () => {
  const slurm = (id: number, first: number, last: number, count: number, step = 1) => ({
    ...{ SLURM_ARRAY_TASK_ID: `${id}`, SLURM_ARRAY_TASK_MIN: `${first}`, SLURM_ARRAY_TASK_MAX: `${last}` },
    ...{ SLURM_ARRAY_TASK_COUNT: `${count}`, SLURM_ARRAY_TASK_STEP: `${step}` },
  });
  assert.deepEqual(shardOf({}, slurm(0, 0, 7, 8)), { index: 0, count: 8 });
  assert.deepEqual(shardOf({}, slurm(8, 1, 8, 8)), { index: 7, count: 8 });
  assert.deepEqual(shardOf({}, slurm(5, 1, 7, 4, 2)), { index: 2, count: 4 });
  assert.deepEqual(shardOf({ shards: '4' }, { JOB_COMPLETION_INDEX: '2' }), { index: 2, count: 4 });
  assert.deepEqual(shardOf({}, { JOB_COMPLETION_INDEX: '2', JOB_COMPLETIONS: '3' }), { index: 2, count: 3 });
  assert.deepEqual(shardOf({ shard: '0/1' }, slurm(3, 0, 7, 8)), { index: 0, count: 1 });
});

test('shardOf refuses parts out of range, arrays with gaps, and a part of an unknown number', () => {
  const gaps = { SLURM_ARRAY_TASK_ID: '3', SLURM_ARRAY_TASK_MIN: '1', SLURM_ARRAY_TASK_MAX: '9' };
  const refused: [Parameters<typeof shardOf>, RegExp][] = [
    [[{ shard: '5/4' }, {}], /--shard: found "5\/4", expected I\/N/],
    [[{ shard: '1' }, {}], /--shard: found "1"/],
    [[{ shards: '0' }, {}], /--shards: found "0"/],
    [[{ shards: '4' }, {}], /found 4 parts, expected the number of one of them/],
    [[{ shards: '2' }, { JOB_COMPLETION_INDEX: '2' }], /found part 2 of 2/],
    [[{}, { JOB_COMPLETION_INDEX: '2' }], /JOB_COMPLETION_INDEX: found a part, but not of how many/],
    [[{}, { ...gaps, SLURM_ARRAY_TASK_COUNT: '3' }], /found an array with gaps/],
  ];
  for (const [given, words] of refused) assert.throws(() => shardOf(...given), words);
});
