/** A training in npm start, and a run that ends in a later notebook. */

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../../photos/write-photos';
import { runCommand } from '../run-command';
import { NO_KERNEL, tinyNotebook, writeNotebooks } from './tiny-notebook';

const TRAINING = `import { callbacks, tf } from 'celeba-lab';
const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
const run = await callbacks.resumable({ outputs: process.env.OUTPUTS!, model, facts: {} });
const fit = { epochs: 2, initialEpoch: run.initialEpoch, verbose: 0 as const, callbacks: run.callbacks([]) };
await model.fit(tf.ones([2, 1]), tf.ones([2, 1]), fit);
await run.done();`;
const NEEDS_GO = `import { existsSync } from 'node:fs';
if (!existsSync(process.env.OUTPUTS + '/go')) throw new Error('not yet');`;

test(
  'start that ended after a training does not train again until it has come to its end',
  { skip: NO_KERNEL },
  async (t) => {
    const folder = temporaryFolder(t);
    await writeNotebooks(folder, 'notebooks', {
      '01-train.ipynb': tinyNotebook('# One', TRAINING),
      '02-report.ipynb': tinyNotebook('# Two', NEEDS_GO),
    });
    const outputs = join(folder, 'outputs');
    const start = () => runCommand('start.ts', ['--notebooks', 'notebooks'], { OUTPUTS: outputs, INIT_CWD: folder });
    const state = join(outputs, 'training', 'state');
    const first = await start();
    assert.match(first.stdout, /No unfinished training: begins with epoch 1\./);
    assert.deepEqual([first.code, existsSync(state)], [1, true], first.stderr);
    await writeFile(join(outputs, 'go'), '');
    const second = await start();
    assert.match(second.stdout, /All 2 epochs were finished; what follows them is done now\./);
    assert.deepEqual([second.code, existsSync(state)], [0, false], second.stderr);
  },
);
