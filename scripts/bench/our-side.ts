/** Our side of npm run bench: does in turns what it is asked for on stdin. Its argument is the number of classes. */

import { tensorflow, tf } from 'celeba-lab';
import { memoryOf } from './machine';
import { finetune } from './our-side/finetune';
import { forward } from './our-side/forward';
import { loading } from './our-side/loading';
import { buildNetwork } from './our-side/network';
import { tailStep } from './our-side/tail-step';
import type { ProcessFacts, TaskOf } from './messages';
import { finish, nextTask } from './turns';

type Task = TaskOf<'finetune' | 'forward' | 'loading' | 'tail' | 'facts'>;

async function main(): Promise<void> {
  const network = await buildNetwork(Number(process.argv[2]));
  for (let task = (await nextTask()) as Task | undefined; task; task = (await nextTask()) as Task | undefined) {
    if (task.task === 'finetune') finish(await finetune(network, task));
    else if (task.task === 'forward') finish(await forward(network, task));
    else if (task.task === 'loading') finish(await loading(task));
    else if (task.task === 'tail') finish(await tailStep(network, task));
    else finish(facts());
  }
}

function facts(): ProcessFacts {
  const { env } = process;
  return {
    device: tensorflow.deviceLine(),
    peakBytes: memoryOf('self', 'VmHWM'),
    versions: { node: process.version, tfjs: tf.version_core, tensorflow: tensorflowVersion() },
    threads: {
      intraOp: env.TF_NUM_INTRAOP_THREADS ?? 'one a core',
      interOp: env.TF_NUM_INTEROP_THREADS ?? 'one a core',
      decoding: env.UV_THREADPOOL_SIZE ?? '4',
    },
  };
}

function tensorflowVersion(): string {
  const { binding } = tf.backend() as unknown as { binding: { TF_Version: string } };
  return binding.TF_Version;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  // Stdin is still open and would keep the process alive.
  process.exit(1);
});
