/** npm run compare: trains recipes over several seeds on the same photos, and says how they compare. */

import { basename, join } from 'node:path';
import { openDataset, type Dataset } from 'celeba-lab/dist/dataset';
import {
  classesText,
  labelMeaning,
  pairRecipes,
  summariseRecipes,
  type RecipeComparison,
} from 'celeba-lab/dist/evaluation';
import { writeJson } from 'celeba-lab/dist/files';
import { readJsonIfThere } from 'celeba-lab/dist/files/read-if-there';
import {
  DEGRADED_VIEWS,
  MOVED_VIEWS,
  photosDigest,
  rejectsSentence,
  selectReadable,
  writeRejects,
} from 'celeba-lab/dist/photos';
import { lockOutputs, readSettings, settingFacts, type Settings } from 'celeba-lab/dist/project';
import { improvedRecipe, recipeFor } from 'celeba-lab/dist/training';
import { endWith, readWords, WrongUse } from './command';
import { ablate, type AblationRow } from './compare/ablation';
import { compareRates, FIXED_RATES, type RateRow } from './compare/rates';
import { RECIPES, trainRun, type RecipeName } from './compare/train-run';
import { percent } from './percent';

/** What `--rates` and `--ablation` keep in a file each. */
export interface KeptRows<Row> {
  /** Photos, settings and recipes that the rows depend on. */
  facts: Record<string, unknown>;
  rows: Row[];
}

const USAGE = `Usage: npm run compare [-- [--seeds N] [--recipes LIST] | --rates | --ablation]

Trains each recipe of LIST (of article, scaled, improved; default scaled,improved) with the seeds 1 to N (default 3) on
DATASET, and writes outputs/compare.json: validation by epoch, test accuracy, and the answers for a paired comparison.
Runs that are in that file already aren't trained again; runs of other settings aren't kept.

--rates trains the improved recipe once with the rate that the learning-rate finder chooses and once with each of
${FIXED_RATES.join(', ')}, and writes validation loss and accuracy to outputs/compare-rates.json.
Rates that are in that file already aren't trained with again.

--ablation trains the improved recipe whole and without each of its parts, and writes what the validation photos say, as
they are and made worse, to outputs/compare-ablation.json. What is in that file already isn't trained again.

Both take the seed of SEED, and look at no test photo.`;

async function main(): Promise<number> {
  const options = readOptions();
  if (options === undefined) return 0;
  const settings = readSettings(process.env);
  const unlock = await lockOutputs(settings.outputs, 'npm run compare');
  try {
    await run(options, settings);
  } finally {
    await unlock();
  }
  return 0;
}

async function run(options: CompareOptions, settings: Settings): Promise<void> {
  const all = await openDataset(settings.dataset, settings);
  console.log(all.description);
  // Accuracies stand below, and what they count as right is the label.
  if (!all.drawn) console.log(labelMeaning({ ...all, datasetName: all.name, frame: undefined }));
  const { readable, rejected } = await selectReadable(all, settings);
  await writeRejects(settings.outputs, rejected);
  console.log(rejectsSentence(rejected, readable.length + rejected.length));
  const data = { ...all, photos: readable };
  if (options.rates) await measureRates(data, settings);
  else if (options.ablation) await measureParts(data, settings);
  else await measureRecipes(data, settings, options);
}

async function measureRates(data: Dataset, settings: Settings): Promise<void> {
  const { rows, onRow } = await keptRows<RateRow>('compare-rates.json', data, settings);
  await compareRates(data, settings, rows, console.log, onRow);
  for (const { learningRate, found, val_loss, val_accuracy } of rows) {
    const rate = `${learningRate.toPrecision(2)}${found ? ' (found)' : ''}`;
    console.log(`${rate.padEnd(18)} validation loss ${val_loss.toFixed(4)}, accuracy ${percent(val_accuracy)}`);
  }
}

async function measureParts(data: Dataset, settings: Settings): Promise<void> {
  const { rows, onRow } = await keptRows<AblationRow>('compare-ablation.json', data, settings);
  const steps = Math.ceil(data.photos.filter(({ part }) => part === 'train').length / settings.batchSize);
  await ablate(improvedRecipe(steps), data, settings, rows, console.log, onRow);
  for (const { without, val_loss, wrong, worse } of rows) {
    const madeWorse = worse ? `, ${worse.wrong} of ${worse.photos} made worse` : '';
    console.log(`without ${without.padEnd(33)} validation loss ${val_loss.toFixed(4)}, ${wrong} wrong${madeWorse}`);
  }
}

/** The rows of one seed that a file of outputs/ holds already, and what adds each new one to them and to the file. */
async function keptRows<Row>(name: string, data: Dataset, settings: Settings) {
  const file = join(settings.outputs, name);
  const facts = { ...(await factsOf(data, settings)), ...settingFacts(settings, ['SEED']) };
  const kept = await continued<KeptRows<Row>>(file, { facts, rows: [] }, (earlier) => earlier.facts);
  const onRow = async (row: Row): Promise<void> => {
    kept.rows.push(row);
    await writeJson(file, kept);
  };
  return { rows: kept.rows, onRow };
}

async function measureRecipes(data: Dataset, settings: Settings, options: CompareOptions): Promise<void> {
  const readable = data.photos;
  const count = (part: string): number => readable.filter((photo) => photo.part === part).length;
  const test = readable.filter(({ part }) => part === 'test');
  const file = join(settings.outputs, 'compare.json');
  const fresh: RecipeComparison = {
    dataset: data.name,
    command: 'npm run compare',
    facts: await factsOf(data, settings),
    photos: { train: count('train'), validation: count('validation'), test: count('test') },
    labels: classesText(test.map(({ label }) => label)),
    runs: [],
  };
  const comparison = await continued(file, fresh, ({ dataset, photos, labels, facts }) => [
    dataset,
    photos,
    labels,
    facts,
  ]);
  for (let seed = 1; seed <= options.seeds; seed++) {
    for (const recipe of options.recipes) {
      if (comparison.runs.some((run) => run.recipe === recipe && run.seed === seed)) continue;
      console.log(`${recipe}, seed ${seed}`);
      const run = await trainRun(recipe, seed, data, settings, console.log);
      console.log(`  test accuracy ${percent(run.test)}`);
      comparison.runs.push(run);
      await writeJson(file, comparison);
    }
  }
  report(comparison, options.recipes);
}

/** What the file holds where it is about the same photos, settings and recipes as `fresh`, which is empty. */
async function continued<T extends object>(file: string, fresh: T, basisOf: (kept: T) => unknown): Promise<T> {
  const earlier = await readJsonIfThere<T>(file, 'the runs of npm run compare');
  if (earlier === undefined) return fresh;
  if (JSON.stringify(basisOf(earlier)) === JSON.stringify(basisOf(fresh))) return earlier;
  console.log(`The runs in outputs/${basename(file)} are of other photos, settings or recipes: begins anew.`);
  return fresh;
}

/** What all runs depend on but for the seed. */
async function factsOf({ classNames, photos }: Dataset, settings: Settings): Promise<Record<string, unknown>> {
  const steps = Math.ceil(photos.filter(({ part }) => part === 'train').length / settings.batchSize);
  const improved = improvedRecipe(steps);
  const recipes = [recipeFor('article', steps), recipeFor('scaled', steps), improved];
  const set = settingFacts(settings, ['BATCH', 'EPOCHS', 'HEAD', 'SHAPE', 'PRECISION']);
  return {
    ...set,
    recipes,
    ...(improved.views && { views: [...MOVED_VIEWS, ...DEGRADED_VIEWS] }),
    classNames,
    digest: await photosDigest(photos),
  };
}

function report(comparison: RecipeComparison, recipes: RecipeName[]): void {
  for (const { recipe, seeds, mean, lowest, highest, largestFall } of summariseRecipes(comparison)) {
    const spread = `${percent(lowest)} to ${percent(highest)}`;
    console.log(
      `${recipe}: test ${percent(mean)} over ${seeds} ${seeds === 1 ? 'seed' : 'seeds'} (${spread}), largest fall ${percent(largestFall)}`,
    );
  }
  const [first, second] = recipes;
  for (const { seed, onlyFirst, onlySecond, pValue } of second ? pairRecipes(comparison, first, second) : []) {
    console.log(
      `seed ${seed}: only ${first} right ${onlyFirst}, only ${second} right ${onlySecond}, p = ${pValue.toFixed(3)}`,
    );
  }
}

interface CompareOptions {
  seeds: number;
  recipes: RecipeName[];
  rates: boolean;
  ablation: boolean;
}

/** Undefined where only help was asked for. */
function readOptions(): CompareOptions | undefined {
  const values = readValues();
  if (values.help) {
    console.log(USAGE);
    return undefined;
  }
  const seeds = Number(values.seeds ?? 3);
  const names = (values.recipes ?? 'scaled,improved').split(',');
  const recipes = RECIPES.filter((recipe) => names.includes(recipe));
  if (Number.isSafeInteger(seeds) && seeds >= 1 && recipes.length === names.length) {
    return { seeds, recipes, rates: values.rates ?? false, ablation: values.ablation ?? false };
  }
  const found = `--seeds ${values.seeds ?? 3} --recipes ${names.join(',')}`;
  throw wrongUse(found, `a number of seeds above 0, and recipes of ${RECIPES.join(', ')}`);
}

function readValues() {
  const flag = { type: 'boolean' } as const;
  const text = { type: 'string' } as const;
  const options = { seeds: text, recipes: text, rates: flag, ablation: flag, help: flag };
  const { values } = readWords({ options }, (found) => wrongUse(found, 'its options'));
  const alone = (['rates', 'ablation'] as const).filter((name) => values[name]);
  const beside = Object.keys(values).filter((name) => name !== alone[0] && name !== 'help');
  if (alone.length > 0 && beside.length > 0)
    throw wrongUse(`--${alone[0]} with --${beside.join(', --')}`, `--${alone[0]} alone, with the seed of SEED`);
  return values;
}

function wrongUse(found: string, expected: string): WrongUse {
  return new WrongUse({ where: 'npm run compare', found, expected, remedy: 'See npm run compare -- --help' });
}

endWith(main());
