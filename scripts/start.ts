/** npm start: runs the notebooks in order, without a browser, and prints the accuracy reached. */

import { basename, resolve } from 'node:path';
import { checkSizes, openDataset, type Dataset } from 'celeba-lab/dist/dataset';
import { lockOutputs, projectPath, readReport, readSettings, usersPath, type Settings } from 'celeba-lab/dist/project';
import { dropDone } from 'celeba-lab/dist/run-state';
import { endWith, EXIT_FAILED, EXIT_INTERRUPTED, readWords, WrongUse } from './command';
import { projectEnvironment } from './environment';
import { formatDuration } from './progress/duration';
import { explainFailure } from './start/failure';
import { labelLine } from './start/label-line';
import { listNotebooks, readNotebook } from './start/notebook-file';
import { checkExecuted, executedFile, removeEarlierResults } from './start/outputs-folder';
import { resultLine } from './start/result-line';
import { runNotebook, type NotebookEnd } from './start/run-notebook';
import { RunView } from './start/run-view';
import { checkUpdatable, updateNotebook, updatePicture } from './start/update-notebooks';
import { toldPath } from './told-path';

const USAGE = `Usage: npm start [-- [--notebooks FOLDER] [NUMBER...]]

Runs notebooks/01-... to the last in order; with numbers, such as 03 04, only those.
Settings are environment variables, such as DATASET=folder; README.md lists them.
  --notebooks FOLDER  other notebooks than the project's
  --update            npm run notebooks: puts the outputs into the notebooks themselves`;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

interface Options {
  notebooks: string;
  chosen: string[];
  update: boolean;
}

async function main(): Promise<number> {
  const options = readOptions();
  if (options === undefined) return 0;
  const settings = readSettings(process.env);
  checkExecuted(settings.outputs, options.notebooks);
  if (options.update) await checkUpdatable(process.env, settings);
  const notebooks = await listNotebooks(options.notebooks, options.chosen);
  const data = await openDataset(settings.dataset, { ...settings, onProgress: showDrawing });
  console.log(data.description);
  if (data.kind === 'class-folders' && process.env.ATTRIBUTE) {
    console.log(`ATTRIBUTE=${process.env.ATTRIBUTE} is not used: what is learned are the folders.`);
  }
  checkSizes(data, settings);
  const unlock = await lockOutputs(settings.outputs);
  try {
    // A part of an earlier run's report beside a part of this one's would be read as one result.
    if (options.chosen.length === 0) await removeEarlierResults(settings.outputs, notebooks);
    return await runAll(notebooks, options, settings, data);
  } finally {
    await unlock();
  }
}

async function runAll(notebooks: string[], options: Options, settings: Settings, data: Dataset): Promise<number> {
  const aborter = new AbortController();
  const abort = (): void => aborter.abort();
  for (const signal of SIGNALS) process.on(signal, abort);
  try {
    const beganMs = performance.now();
    const { testedAt } = await readReport(settings.outputs);
    for (const notebook of notebooks) {
      const code = await runOne(notebook, settings, aborter.signal);
      if (code !== 0) return code;
    }
    await dropDone(settings.outputs);
    if (options.update) await update(notebooks, settings);
    const count = notebooks.length === 1 ? '1 notebook' : `${notebooks.length} notebooks`;
    console.log(`${count} in ${formatDuration((performance.now() - beganMs) / 1000)}.`);
    console.log(`The executed notebooks, and all that they made: ${toldPath(settings.outputs)}/`);
    await showResult(settings, data, testedAt);
    return 0;
  } finally {
    // Nothing listens to the abort any more: from here on a signal ends the process by itself.
    for (const signal of SIGNALS) process.off(signal, abort);
  }
}

/** The accuracy comes last, what it counts as right before it. */
async function showResult({ outputs }: Settings, { drawn }: Dataset, testedAt: string | undefined): Promise<void> {
  const report = await readReport(outputs);
  const meaning = report.test && report.testedAt !== testedAt ? await labelLine(outputs) : undefined;
  if (meaning !== undefined) console.log(meaning);
  console.log(resultLine(report, drawn, testedAt));
}

async function update(notebooks: string[], { outputs }: Settings): Promise<void> {
  for (const notebook of notebooks) console.log(await updateNotebook(notebook, executedFile(outputs, notebook)));
  if (notebooks.includes(projectPath('notebooks', '03-train.ipynb'))) console.log(await updatePicture(outputs));
}

async function runOne(notebook: string, settings: Settings, signal: AbortSignal): Promise<number> {
  const name = basename(notebook, '.ipynb');
  const view = new RunView(name, await readNotebook(notebook));
  let status: NotebookEnd['status'] = 'failed';
  let complaint = '';
  try {
    ({ status, complaint } = await runNotebook({
      notebook,
      executed: executedFile(settings.outputs, notebook),
      folder: resolve(notebook, '..'),
      env: projectEnvironment(),
      signal,
      onEvent: (event) => view.handle(event),
    }));
  } finally {
    // Its timer would keep a run alive that has broken down.
    view.end(status === 'ok');
  }
  if (status === 'ok') return 0;
  if (status === 'interrupted') {
    console.error(
      `Interrupted in ${name}. Nothing is left running; the same command begins again, a training after its last whole epoch.`,
    );
    return EXIT_INTERRUPTED;
  }
  console.error(`${name}, ${view.place} failed:\n${explainFailure(view.reason || complaint)}`);
  return EXIT_FAILED;
}

/** The sample set is drawn on its first use. */
function showDrawing(done: number, total: number): void {
  if (process.stdout.isTTY)
    process.stdout.write(`\rDrawing the sample set: ${done} of ${total}${done === total ? '\n' : ''}`);
  else if (done === total) console.log(`Drew the sample set: ${total} pictures`);
}

/** Undefined where only help was asked for. */
function readOptions(): Options | undefined {
  const options = { notebooks: { type: 'string' }, update: { type: 'boolean' }, help: { type: 'boolean' } } as const;
  const { values, positionals } = readWords({ options, allowPositionals: true }, wrongUse);
  if (values.help) {
    console.log(USAGE);
    return undefined;
  }
  const notebooks = values.notebooks ? usersPath(values.notebooks, process.env) : projectPath('notebooks');
  return { notebooks, chosen: positionals, update: values.update ?? false };
}

function wrongUse(found: string): WrongUse {
  const expected = '--notebooks FOLDER, --update or numbers of notebooks';
  return new WrongUse({ where: 'npm start', found, expected, remedy: 'See npm start -- --help' });
}

endWith(main());
