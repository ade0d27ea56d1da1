/** npm run bench: how fast this is, beside Keras 3 on the same TensorFlow, and its answers beside another network's. */

import { join } from 'node:path';
import { files, project } from 'celeba-lab';
import { compare } from './bench/compare';
import { measureDeepFace } from './bench/deepface';
import { drawFiles } from './bench/draw-files';
import { runFullSize } from './bench/full-size';
import { readOptions, USAGE, type BenchOptions } from './bench/options';
import { computesInBfloat16 } from './bench/machine';
import { measurePeers } from './bench/peers';
import { FULL, QUICK } from './bench/plan';
import { comparePrecisions } from './bench/precision-answers';
import { measurePredict } from './bench/predict-memory';
import { profileEpoch } from './bench/profile';
import { reportLines, reportOf } from './bench/report';
import { measureSteps } from './bench/steps';
import { measureStore } from './bench/store';
import { writeReport } from './bench/write-report';
import { endWith } from './command';
import { percent } from './percent';

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options.mode === 'help') console.log(USAGE);
  else await measure(options);
  return 0;
}

async function measure(options: BenchOptions): Promise<void> {
  // A setting that is wrong is to be told now, not when the figures are written.
  project.readSettings(process.env);
  if (options.mode === 'store') await generateStore(options);
  else if (options.mode === 'full-size') await measureFullSize(options);
  else if (options.mode === 'profile') await profile(options);
  else if (options.mode === 'steps') await compareSteps(options);
  else if (options.mode === 'peers') await comparePeers();
  else if (options.mode === 'deepface') await compareDeepFace(options);
  else if (options.mode === 'predict') await predictMany(options);
  else await compareWithKeras(options);
}

async function generateStore({ photos = 40_000 }: BenchOptions): Promise<void> {
  await writeFigures('bench-store.json', await measureStore(photos, (phase) => console.error(phase)));
}

async function measureFullSize({ photos }: BenchOptions): Promise<void> {
  await writeFigures('bench-full-size.json', await runFullSize({ photos, onPhase: (phase) => console.error(phase) }));
}

async function profile({ quick }: BenchOptions): Promise<void> {
  const { epoch, ...once } = await profileEpoch(quick ? QUICK : FULL, (phase) => console.error(phase));
  await writeFigures('bench-profile.json', { ...once, ...epoch });
}

async function compareSteps({ quick }: BenchOptions): Promise<void> {
  await writeFigures('bench-steps.json', await measureSteps(quick ? QUICK : FULL));
}

async function compareDeepFace({ photos }: BenchOptions): Promise<void> {
  await writeFigures('bench-deepface.json', await measureDeepFace(photos, (phase) => console.error(phase)));
}

async function predictMany({ photos: count = 10_000 }: BenchOptions): Promise<void> {
  const settings = project.readSettings(process.env);
  const photos = await drawFiles(settings, count);
  await writeFigures(
    'bench-predict.json',
    await measurePredict({ files: photos, count, model: `${settings.outputs}/model` }),
  );
}

async function comparePeers(): Promise<void> {
  const rows = await measurePeers((phase) => console.error(phase));
  await files.writeJson(join(project.readSettings(process.env).outputs, 'bench-peers.json'), rows);
  for (const { name, photos, answered, right, accuracy, low, high, photosPerSecond } of rows) {
    const share = `${percent(accuracy)} (${percent(low)} to ${percent(high)})`;
    console.log(
      `${name.padEnd(30)} ${answered} of ${photos} answered, ${right} right: ${share}, ${photosPerSecond.toFixed(1)} photos/s`,
    );
  }
}

async function writeFigures(name: string, figures: object): Promise<void> {
  await files.writeJson(join(project.readSettings(process.env).outputs, name), figures);
  for (const [key, value] of Object.entries(figures)) console.log(`${key.padEnd(22)} ${Number(value).toPrecision(4)}`);
}

async function compareWithKeras({ quick }: BenchOptions): Promise<void> {
  const plan = quick ? QUICK : FULL;
  const beganMs = performance.now();
  const comparison = await compare(plan, (phase) => console.error(`${seconds(beganMs)} s: ${phase}`));
  const file = join(project.readSettings(process.env).outputs, 'bench.json');
  const command = `npm run bench${quick ? ' -- --quick' : ''}`;
  const report = await writeReport(
    file,
    (answers) => reportOf(comparison, plan, command, answers),
    async () => {
      if (!computesInBfloat16()) return undefined;
      console.error(`${seconds(beganMs)} s: answers in bfloat16; what is measured so far: ${file}`);
      return comparePrecisions(plan.answers);
    },
  );
  for (const line of reportLines(report)) console.log(line);
  console.log(`Measured in ${seconds(beganMs)} s; all figures: ${file}`);
}

function seconds(beganMs: number): string {
  return ((performance.now() - beganMs) / 1000).toFixed(0);
}

endWith(main(), { usage: USAGE });
