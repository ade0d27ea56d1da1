/** The comparison with Keras: two processes, one turn here, one there. */

import { project } from 'celeba-lab';
import { projectEnvironment } from '../environment';
import type { Measurements } from './figures';
import type { FinetuneTurn, ForwardTurn, LoadingTurn, ProcessFacts, TailTurn } from './messages';
import { checkKerasReads, writePhotoFolders, type BenchPhotos } from './photo-folders';
import type { BenchPlan } from './plan';
import { benchPackages } from './python-packages';
import { withScratch } from './scratch';
import { alternate, Side } from './side';

/** All that was measured. */
export interface Comparison {
  photos: BenchPhotos;
  measured: Measurements;
  ours: ProcessFacts;
  keras: ProcessFacts;
}

/**
 * Measures both sides.
 * @param onPhase told what begins
 * @throws        OutsideFault where a side ends early
 */
export async function compare(plan: BenchPlan, onPhase: (phase: string) => void): Promise<Comparison> {
  return withScratch('celeba-bench-', (scratch) => compareIn(scratch, plan, onPhase));
}

async function compareIn(scratch: string, plan: BenchPlan, onPhase: (phase: string) => void): Promise<Comparison> {
  const env = { ...projectEnvironment(), PYTHONPATH: await benchPackages() };
  const python = project.projectPath('.venv', 'bin', 'python');
  const sides: Side[] = [];
  try {
    onPhase('photos');
    const photos = await writePhotoFolders(scratch, process.env, plan);
    checkKerasReads(photos);
    const classCount = String(photos.classNames.length);
    const script = project.projectPath('scripts', 'bench', 'keras_side.py');
    const ours = Side.start('celeba-lab', process.execPath, [...workerArguments(), classCount], env);
    const keras = Side.start('Keras', python, [script, classCount], env);
    sides.push(ours, keras);
    return await measure(ours, keras, { plan, photos, scratch }, onPhase);
  } finally {
    for (const side of sides) side.stop();
  }
}

/** Our side runs the same way as this command. */
function workerArguments(): string[] {
  return ['--require', 'ts-node/register/transpile-only', project.projectPath('scripts', 'bench', 'our-side.ts')];
}

async function measure(
  ours: Side,
  keras: Side,
  given: { plan: BenchPlan; photos: BenchPhotos; scratch: string },
  onPhase: (phase: string) => void,
): Promise<Comparison> {
  const both = async <A, B>(task: string): Promise<{ ours: A[]; keras: B[] }> => {
    onPhase(task);
    const [a, b] = await alternate<A, B>([ours, { task, ...given }], [keras, { task, ...given }]);
    return { ours: a, keras: b };
  };
  const finetune = await both<FinetuneTurn, FinetuneTurn>('finetune');
  // Asked here, so that peak memory is that of a user's training.
  const [ourFacts, kerasFacts] = [ours, keras].map((side) => side.once<ProcessFacts>({ task: 'facts' }));
  const facts = { ours: await ourFacts, keras: await kerasFacts };
  const forward = await both<ForwardTurn, ForwardTurn>('forward');
  const loading = await both<LoadingTurn, LoadingTurn>('loading');
  onPhase('tail');
  const tail: TailTurn[] = [];
  for (let turn = await ours.turn<TailTurn>({ task: 'tail', ...given }); ; turn = await ours.turn<TailTurn>()) {
    tail.push(turn.result);
    if (turn.done) break;
  }
  return { photos: given.photos, measured: { finetune, forward, loading, tail }, ...facts };
}
