/** npm run bench -- --predict: npm run predict over many photos; its memory must stay flat. */

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { project } from 'celeba-lab';
import { OutsideFault } from '../command';
import { removeAtExit } from '../left-behind';
import { memoryOf } from './machine';

/** What a run over many photos came to. */
export interface PredictFigures {
  /** Photos that were answered, the same ones over and over. */
  photos: number;
  /** Of these, how many could not be read. */
  unread: number;
  photosPerSecond: number;
  /** Resident memory, the most in the first tenth of the photos, and in the rest. */
  residentBytesEarly: number;
  residentBytesMost: number;
}

/** What is answered, by which model. */
export interface PredictRun {
  /** Absolute paths of photos. */
  files: readonly string[];
  /** How many are answered: `files` again and again. */
  count: number;
  /** Folder of a saved model. */
  model: string;
}

// Often enough to see a leak, seldom enough to cost nothing.
const PHOTOS_PER_LOOK = 6;

/**
 * Runs `npm run predict -- --json -` as a process of its own and looks at its memory as its lines come.
 * @throws OutsideFault where the system doesn't tell a process's memory, or the process breaks down
 */
export async function measurePredict({ files, count, model }: PredictRun): Promise<PredictFigures> {
  checkMemoryIsTold();
  const script = project.projectPath('scripts', 'predict.ts');
  const words = ['--require', 'ts-node/register/transpile-only', script, '--json', '--model', model, '-'];
  const predict = spawn(process.execPath, words, { cwd: project.projectPath(), stdio: ['pipe', 'pipe', 'pipe'] });
  const forget = removeAtExit(() => predict.kill('SIGKILL'));
  const closed = once(predict, 'close').finally(forget);
  let said = '';
  predict.stderr.on('data', (text: Buffer) => (said = `${said}${text.toString()}`.slice(-1000)));
  // A process that ends early is told of below.
  predict.stdin.on('error', () => undefined);
  Readable.from(listOf(files, count)).pipe(predict.stdin);
  const figures = await watch(predict, count);
  const [code] = (await closed) as [number | null];
  if (figures.photos === count && (code === 0 || code === 1)) return figures;
  throw new OutsideFault({
    where: 'npm run predict',
    found: `${figures.photos} answers, exit code ${code}: ${said.trim().split('\n').slice(-3).join(' / ')}`,
    expected: `${count} answers`,
    remedy: 'Run npm run doctor',
  });
}

function* listOf(files: readonly string[], count: number): Generator<string> {
  for (let i = 0; i < count; i++) yield `${files[i % files.length]}\0`;
}

async function watch(predict: ChildProcess, count: number): Promise<PredictFigures> {
  if (predict.stdout === null || predict.pid === undefined) throw new Error('The process has no output.');
  let [answered, unread, early, most, beganMs] = [0, 0, 0, 0, 0];
  for await (const line of createInterface(predict.stdout)) {
    // The first answer waits for TensorFlow and the model.
    if (answered === 0) beganMs = performance.now();
    answered++;
    if ('error' in (JSON.parse(line) as object)) unread++;
    // The last answers may be read when the process has ended.
    if (answered % PHOTOS_PER_LOOK !== 0 || predict.exitCode !== null) continue;
    const resident = residentBytes(predict.pid);
    if (answered <= count / 10) early = Math.max(early, resident);
    else most = Math.max(most, resident);
  }
  const photosPerSecond = ((answered - 1) / (performance.now() - beganMs)) * 1000;
  return { photos: answered, unread, photosPerSecond, residentBytesEarly: early, residentBytesMost: most };
}

/** Before the first photo is answered. */
function checkMemoryIsTold(): void {
  try {
    memoryOf('self', 'VmRSS');
  } catch (error) {
    throw new OutsideFault({
      where: '/proc',
      found: (error as NodeJS.ErrnoException).code ?? 'nothing',
      expected: "a file that tells a process's memory, as Linux has it",
      remedy: 'Measure on Linux',
    });
  }
}

/** Of a process that has just ended, 0. */
function residentBytes(pid: number): number {
  try {
    return memoryOf(pid, 'VmRSS');
  } catch {
    return 0;
  }
}
