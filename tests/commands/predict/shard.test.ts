import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shardItems, shardOf, shardSentence } from '../../../scripts/predict/shard';

/** What Slurm says to one task of an array. */
function slurm(id: number, first: number, last: number, count: number, step = 1): Record<string, string> {
  return {
    ...{ SLURM_ARRAY_TASK_ID: `${id}`, SLURM_ARRAY_TASK_MIN: `${first}`, SLURM_ARRAY_TASK_MAX: `${last}` },
    ...{ SLURM_ARRAY_TASK_COUNT: `${count}`, SLURM_ARRAY_TASK_STEP: `${step}` },
  };
}

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

/** The part without the name of the variable that numbered it. */
function partOf(...given: Parameters<typeof shardOf>): { index: number; count: number } | undefined {
  const shard = shardOf(...given);
  return shard && { index: shard.index, count: shard.count };
}

test('shardOf takes the part from a Slurm array, wherever its numbers begin, and from a Kubernetes Indexed Job', () => {
  assert.deepEqual(partOf({}, slurm(0, 0, 7, 8)), { index: 0, count: 8 });
  assert.deepEqual(partOf({}, slurm(8, 1, 8, 8)), { index: 7, count: 8 });
  assert.deepEqual(partOf({}, slurm(5, 1, 7, 4, 2)), { index: 2, count: 4 });
  assert.deepEqual(partOf({ shards: '4' }, { JOB_COMPLETION_INDEX: '2' }), { index: 2, count: 4 });
  assert.deepEqual(partOf({}, { JOB_COMPLETION_INDEX: '2', JOB_COMPLETIONS: '3' }), { index: 2, count: 3 });
  assert.deepEqual(shardOf({ shard: '0/1' }, slurm(3, 0, 7, 8)), { index: 0, count: 1 });
});

test('shardOf takes a Slurm array as whole where it reaches over as many tasks as --shards says, gaps or not', () => {
  assert.deepEqual(partOf({ shards: '8' }, slurm(3, 0, 7, 8)), { index: 3, count: 8 });
  assert.deepEqual(partOf({ shards: '64' }, slurm(64, 1, 64, 64)), { index: 63, count: 64 });
  assert.deepEqual(partOf({ shards: '32' }, slurm(62, 0, 62, 32, 2)), { index: 31, count: 32 });
  // --array=0,5,7
  assert.deepEqual(partOf({ shards: '8' }, slurm(5, 0, 7, 3)), { index: 5, count: 8 });
  assert.deepEqual(partOf({ shards: '8' }, { SLURM_ARRAY_TASK_ID: '5' }), { index: 5, count: 8 });
});

test('shardOf refuses some tasks of a Slurm array with --shards, and asks for --shard; with that it takes them', () => {
  const some = { '8-15': slurm(8, 8, 15, 8), '3,7': slurm(7, 3, 7, 2), '0-7': slurm(7, 0, 7, 8) };
  for (const [array, env] of Object.entries(some)) {
    assert.throws(
      () => shardOf({ shards: '64' }, env),
      /^InputError: SLURM_ARRAY_TASK_ID: found tasks from \d to \d+, expected .* 64 tasks .*give --shard I\/64 instead/,
      array,
    );
    const id = env.SLURM_ARRAY_TASK_ID;
    assert.deepEqual(shardOf({ shard: `${id}/64` }, env), { index: Number(id), count: 64 });
  }
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

test('a part that a variable numbered is told with what it holds, as a user of one photo may not think of it', () => {
  const shard = shardOf({}, slurm(2, 0, 7, 8))!;
  assert.equal(
    shardSentence(shard, 0, 1),
    'SLURM_ARRAY_TASK_ID: part 2 of 8, from 0, has 0 of 1 photos. --shard 0/1 takes all of them.',
  );
  assert.equal(shardSentence(shardOf({ shard: '2/8' }, {})!, 0, 1), undefined);
});
