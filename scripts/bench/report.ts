/** What npm run bench prints, and what it writes to outputs/bench.json. */

import type { Comparison } from './compare';
import {
  equality,
  finetuneFigures,
  GOALS,
  loadingRates,
  median,
  ratiosOf,
  reckonSeconds,
  type Measurements,
  type Ratios,
} from './figures';
import { percent } from '../percent';
import { describeMachine, type Machine } from './machine';
import type { FinetuneTurn } from './messages';
import { EPOCHS, type BenchPlan } from './plan';
import type { PrecisionAnswers } from './precision-answers';

/** The content of outputs/bench.json. */
export type BenchReport = ReturnType<typeof reportOf>;

const NO_BFLOAT16 = 'the CPU has neither avx512_bf16 nor amx_bf16';
// What a user would call a stall; less than that is the ordinary change from training to validation.
const STALL_SECONDS = 5;

/** Everything measured, with what it means. */
export function reportOf(
  comparison: Comparison,
  plan: BenchPlan,
  command: string,
  answers?: PrecisionAnswers,
  machine: Machine = describeMachine(),
) {
  const { photos, measured, ours, keras } = comparison;
  const { trainCount, validationCount } = photos;
  const size = { trainCount, validationCount };
  const side = (turns: FinetuneTurn[]) => {
    const figures = finetuneFigures(turns);
    const [coldSeconds, warmSeconds] = [true, false].map((cold) => reckonSeconds(figures, size, plan, cold));
    return { ...figures, coldSeconds, warmSeconds };
  };
  return {
    ratios: ratiosOf(measured, size, plan),
    goals: GOALS,
    command,
    machine,
    devices: { ours: ours.device, keras: keras.device },
    versions: { ours: ours.versions, keras: keras.versions },
    threads: { ours: ours.threads, keras: keras.threads },
    equal: equality(measured),
    finetune: {
      ...{ dataset: photos.datasetName, epochs: EPOCHS, ...size },
      ours: side(measured.finetune.ours),
      keras: side(measured.finetune.keras),
    },
    ...forwardFigures(measured, plan, answers),
    photosPerSecond: { ...loadingRates(measured.loading.ours), ...loadingRates(measured.loading.keras) },
    tail: {
      stepMs: median(measured.tail.map(({ stepMs }) => stepMs)),
      convolutionsMs: median(measured.tail.map(({ convolutionsMs }) => convolutionsMs)),
    },
    peakBytes: { ours: ours.peakBytes, keras: keras.peakBytes },
  };
}

function forwardFigures({ forward }: Measurements, { forwardBatch }: BenchPlan, answers?: PrecisionAnswers) {
  const msPerPhoto = (values: number[]) => median(values) / forwardBatch;
  const half = forward.ours.flatMap(({ bfloat16Ms }) => bfloat16Ms ?? []);
  return {
    forwardMsPerPhoto: {
      ours: msPerPhoto(forward.ours.map(({ ms }) => ms)),
      keras: msPerPhoto(forward.keras.map(({ ms }) => ms)),
      ...(half.length > 0 && { bfloat16: msPerPhoto(half) }),
    },
    bfloat16: half.length > 0 ? { meanError: forward.ours[0].bfloat16Error ?? 0, answers } : { left_out: NO_BFLOAT16 },
  };
}

/** The same for reading. */
export function reportLines(report: BenchReport): string[] {
  const { machine, devices, versions, threads, finetune, photosPerSecond, tail, peakBytes, equal } = report;
  const { ours, keras } = finetune;
  const gib = (bytes: number) => `${(bytes / 2 ** 30).toFixed(1)} GiB`;
  const rates = Object.entries(photosPerSecond).map(([name, rate]) => `${name} ${Math.round(rate)}`);
  return [
    `CPU: ${machine.cpu}, ${machine.cores} cores, ${gib(machine.memoryBytes)}${machine.bfloat16 ? ', bfloat16' : ''}`,
    `Computed on: ours ${devices.ours} | Keras ${devices.keras}`,
    `Versions: ${joined(versions.ours)} | ${joined(versions.keras)}`,
    `Threads: ${joined(threads.ours)} | ${joined(threads.keras)}`,
    '',
    ...ratioLines(report),
    ...(devices.ours.startsWith('GPU') ? ['The goals are for a CPU; what one GPU gave: docs/performance.md.'] : []),
    '',
    `Fine-tuning, ${finetune.epochs} epochs of ${finetune.trainCount} + ${finetune.validationCount} photos (${finetune.dataset}), reckoned from the medians of ` +
      `${ours.steps} steps of ours and ${keras.steps} of Keras's: ours ${ours.coldSeconds.toFixed(0)} s cold, ${ours.warmSeconds.toFixed(0)} s warm; Keras ${keras.warmSeconds.toFixed(0)} s`,
    `  train step ${ours.trainStepMs.toFixed(0)} ms, Keras ${keras.trainStepMs.toFixed(0)}; validation step ${ours.validationStepMs.toFixed(0)} ms, Keras ${keras.validationStepMs.toFixed(0)}; ` +
      `frozen features ${ours.extractMsPerPhoto.toFixed(1)} ms a photo, once`,
    `  wall time of what was measured: ours ${ours.wallSeconds.toFixed(0)} s, Keras ${keras.wallSeconds.toFixed(0)} s, ${stallNote(keras)}`,
    `Frozen layers, ms a photo: ${Object.entries(report.forwardMsPerPhoto)
      .map(([name, ms]) => `${name} ${ms.toFixed(ms < 10 ? 2 : 1)}`)
      .join(', ')}; features ${equal.features ? 'bit for bit the same' : 'DIFFER'}`,
    ...bfloat16Lines(report),
    `Loading, photos a second: ${rates.join(', ')}; pixels ${equal.pixels ? "bit for bit those of Keras's load_img" : "DIFFER from those of Keras's load_img"}`,
    `Train step of the free layers ${tail.stepMs.toFixed(0)} ms, its convolutions alone ${tail.convolutionsMs.toFixed(0)} ms`,
    `Peak memory while fine-tuning: ours ${gib(peakBytes.ours)}, Keras ${gib(peakBytes.keras)}`,
  ];
}

function ratioLines({ ratios, goals, bfloat16 }: BenchReport): string[] {
  const names = Object.keys(goals) as (keyof Ratios)[];
  return names.map((name) => {
    const [ratio, goal] = [ratios[name], goals[name]];
    const atMost = name === 'tail_step_over_convolutions';
    const aim = `goal ${atMost ? 'at most' : 'at least'} ${goal}`;
    const note = 'left_out' in bfloat16 ? bfloat16.left_out : '';
    return `${name.padEnd(28)} ${ratio === null ? `left out: ${note}` : `${ratio.toFixed(2).padStart(5)}  ${aim}`}`;
  });
}

function bfloat16Lines({ bfloat16 }: BenchReport): string[] {
  if ('left_out' in bfloat16) return [];
  const { meanError, answers } = bfloat16;
  const effect = answers
    ? `of ${answers.photos} test photos the model in outputs/model answers ${answers.changed} otherwise: ` +
      `${percent(answers.bfloat16Accuracy)} right, in float32 ${percent(answers.float32Accuracy)}`
    : 'no model in outputs/model to measure answers with: npm start trains one';
  return [`In bfloat16 features are ${percent(meanError)} off on average; ${effect}`];
}

function stallNote({
  longestStallSeconds,
  stalledSeconds,
}: {
  longestStallSeconds: number;
  stalledSeconds: number;
}): string {
  if (longestStallSeconds < STALL_SECONDS) return 'without a stall of its tf.data';
  return `${stalledSeconds.toFixed(0)} s of it waiting for tf.data to end its pipelines, ${longestStallSeconds.toFixed(0)} s at the longest; medians leave that out`;
}

function joined(values: Record<string, string>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}
