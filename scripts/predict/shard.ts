/** One of several equal parts of a list, for processes that know nothing of each other. */

import { InputError } from 'celeba-lab';

/** Part `index` of `count`. */
export interface Shard {
  /** From 0. */
  index: number;
  count: number;
  /** The variable that numbered it, where nobody gave --shard. */
  from?: string;
}

type Environment = Record<string, string | undefined>;

/**
 * Which part this process shall take: as given, or as Slurm or Kubernetes numbered it.
 * @param given the values of --shard and --shards
 * @param env   SLURM_ARRAY_TASK_ID with _MIN, _MAX, _STEP and _COUNT; JOB_COMPLETION_INDEX, with JOB_COMPLETIONS
 * @returns     undefined for all
 * @throws      InputError where a number is out of range, the number of parts isn't known, or --shards comes with only some
 *              tasks of a Slurm array
 * @source      slurm.schedmd.com/job_array.html; kubernetes.io/docs/tasks/job/indexed-parallel-processing-static
 */
export function shardOf(given: { shard?: string; shards?: string }, env: Environment): Shard | undefined {
  if (given.shard !== undefined) {
    const [, index, count] = /^(\d+)\/(\d+)$/.exec(given.shard) ?? [];
    // N/N is 0/N, so that who counts from 1 gets each part once, too.
    if (Number(count) >= 1 && Number(index) <= Number(count))
      return { index: Number(index) % Number(count), count: Number(count) };
    throw fault('--shard', `"${given.shard}"`, 'I/N with I from 0 to N - 1, such as 0/4');
  }
  const shards = given.shards ?? env.JOB_COMPLETIONS;
  const counted = given.shards === undefined ? 'JOB_COMPLETIONS' : '--shards';
  if (shards !== undefined && !/^[1-9]\d*$/.test(shards)) throw fault(counted, `"${shards}"`, 'a whole number above 0');
  if (env.SLURM_ARRAY_TASK_ID) return fromSlurm(env, given.shards);
  if (env.JOB_COMPLETION_INDEX) return fromIndex('JOB_COMPLETION_INDEX', Number(env.JOB_COMPLETION_INDEX), shards);
  if (given.shards !== undefined)
    throw fault('--shards', `${given.shards} parts`, 'the number of one of them', 'Give --shard I/N instead');
  return undefined;
}

/**
 * What was taken of the list because of a variable that the user may not think of; undefined where the part was asked for.
 * @example shardSentence({ index: 2, count: 8, from: 'SLURM_ARRAY_TASK_ID' }, 0, 1)
 *          // 'SLURM_ARRAY_TASK_ID: part 2 of 8, from 0, has 0 of 1 photos. --shard 0/1 takes all of them.'
 */
export function shardSentence({ index, count, from }: Shard, taken: number, all: number): string | undefined {
  if (from === undefined) return undefined;
  return `${from}: part ${index} of ${count}, from 0, has ${taken} of ${all} photos. --shard 0/1 takes all of them.`;
}

/**
 * The items of one part: as many as in any other, or one less. The parts one after the other are the whole list.
 * @example shardItems(['a', 'b', 'c', 'd', 'e'], { index: 1, count: 2 }) // ['c', 'd', 'e']
 */
export function shardItems<T>(items: readonly T[], { index, count }: Shard): T[] {
  const start = (part: number): number => Math.floor((items.length * part) / count);
  return items.slice(start(index), start(index + 1));
}

function fromSlurm(env: Environment, shards: string | undefined): Shard {
  const [id, first, last, step, count] = ['ID', 'MIN', 'MAX', 'STEP', 'COUNT'].map((name) =>
    Number(env[`SLURM_ARRAY_TASK_${name}`] || NaN),
  );
  const position = (id - (first || 0)) / (step || 1);
  // How many tasks there are from the first to the last; NaN where only a task's own number is known.
  const span = (last - (first || 0)) / (step || 1) + 1;
  if (shards !== undefined) {
    if (Number.isNaN(span)) return fromIndex('SLURM_ARRAY_TASK_ID', id, shards);
    // Of 64 parts, tasks 8 to 15 are some that run again, and nothing tells whether all 64 were counted from 0 or from 1.
    if (span !== Number(shards)) throw someTasks(`tasks from ${first || 0} to ${last}`, shards);
    return fromIndex('SLURM_ARRAY_TASK_ID', position, shards);
  }
  // An array such as 1,3,4 has gaps, and nothing tells where in it a task stands.
  const gapless = Number.isNaN(span) || span === count;
  if (gapless) return fromIndex('SLURM_ARRAY_TASK_ID', position, Number.isNaN(count) ? undefined : String(count));
  throw fault('SLURM_ARRAY_TASK_ID', 'an array with gaps', 'one without', 'Use --array=0-7, or give --shard I/N');
}

function someTasks(found: string, shards: string): InputError {
  const remedy =
    `To run some of them again, give --shard I/${shards} instead of --shards, where I is the task's place in the whole ` +
    'array, from 0: $SLURM_ARRAY_TASK_ID itself where that began at 0';
  return fault('SLURM_ARRAY_TASK_ID', found, `the whole array, the ${shards} tasks that --shards says`, remedy);
}

function fromIndex(where: string, index: number, shards: string | undefined): Shard {
  if (shards === undefined) throw fault(where, 'a part, but not of how many', 'both', 'Give --shards N');
  const count = Number(shards);
  if (Number.isInteger(index) && index >= 0 && index < count) return { index, count, from: where };
  throw fault(where, `part ${index} of ${count}`, `a part from 0 to ${count - 1}`);
}

function fault(where: string, found: string, expected: string, remedy = 'Give another number'): InputError {
  return new InputError({ where, found, expected, remedy });
}
