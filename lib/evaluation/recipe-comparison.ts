/** Recipes trained over several seeds on the same photos: what `npm run compare` keeps, and what it amounts to. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../errors';
import { readJsonIfThere } from '../files/read-if-there';
import { projectPath } from '../project/paths';
import { comparePaired, type PairedComparison } from './mcnemar';

/** One epoch of a run, on the validation photos. */
export interface ComparedEpoch {
  /** One-based. */
  epoch: number;
  /** Cross-entropy without smoothing. */
  val_loss: number;
  /** Share correct, 0 to 1. */
  val_accuracy: number;
}

/** One training. */
export interface ComparedRun {
  /** `scaled` or `improved`. */
  recipe: string;
  seed: number;
  epochs: ComparedEpoch[];
  /** The epoch whose weights were tested. */
  keptEpoch: number;
  /** Share correct on the test photos. */
  test: number;
  /** The answer to each test photo, as `classesText` writes it; missing where they weren't kept. */
  answers?: string;
}

/** All runs on one dataset. */
export interface RecipeComparison {
  /** Short name of the dataset. */
  dataset: string;
  /** What made this file. */
  command: string;
  /** What must be known to read it. */
  note?: string;
  /** Settings and numbers of recipes that the runs depend on; missing in the committed file. */
  facts?: Record<string, unknown>;
  photos: { train: number; validation: number; test: number };
  /** The class of each test photo, as `classesText` writes it. */
  labels: string;
  runs: ComparedRun[];
}

/** Several runs of one recipe in a line. */
export interface RecipeSummary {
  recipe: string;
  seeds: number;
  /** Mean test accuracy, 0 to 1. */
  mean: number;
  lowest: number;
  highest: number;
  /** Largest fall of validation accuracy from one epoch to the next, over all runs, 0 to 1. */
  largestFall: number;
}

/** The committed result on real photos, read where nobody has run `npm run compare`; its `note` says how it was made. */
const COMMITTED_COMPARISON = projectPath('docs', 'recipes', 'celeba-mini.json');

/**
 * The comparison that a run of `npm run compare` left, or the committed one.
 * @param outputs folder of the run
 * @throws        InputError where the run's own may not be read or isn't one; the committed one never takes its place
 */
export async function readComparison(outputs: string): Promise<RecipeComparison> {
  const where = join(outputs, 'compare.json');
  const own = await readJsonIfThere<RecipeComparison>(where, 'the runs of npm run compare');
  if (own !== undefined && !Array.isArray(own.runs)) {
    const remedy = 'Remove it, and let npm run compare write it anew';
    throw new InputError({ where, found: 'no list of runs', expected: 'what npm run compare writes', remedy });
  }
  return own ?? (JSON.parse(await readFile(COMMITTED_COMPARISON, 'utf8')) as RecipeComparison);
}

/**
 * Mean and spread of each recipe, in the order in which recipes first appear.
 * @example summariseRecipes(comparison) // [{ recipe: 'scaled', seeds: 3, mean: 0.976, lowest: 0.974, ... }]
 */
export function summariseRecipes({ runs }: Pick<RecipeComparison, 'runs'>): RecipeSummary[] {
  return [...new Set(runs.map(({ recipe }) => recipe))].map((recipe) => {
    const own = runs.filter((run) => run.recipe === recipe);
    const tests = own.map(({ test }) => test);
    return {
      recipe,
      seeds: own.length,
      mean: tests.reduce((sum, test) => sum + test, 0) / tests.length,
      lowest: Math.min(...tests),
      highest: Math.max(...tests),
      largestFall: Math.max(...own.map(({ epochs }) => largestFall(epochs))),
    };
  });
}

/**
 * Two recipes on the same test photos, seed by seed: only seeds for which both kept their answers.
 * @param first  name of a recipe
 * @param second name of the other
 */
export function pairRecipes(
  { labels, runs }: Pick<RecipeComparison, 'labels' | 'runs'>,
  first: string,
  second: string,
): (PairedComparison & { seed: number })[] {
  return runs.flatMap(({ recipe, seed, answers }) => {
    const other = runs.find((run) => run.recipe === second && run.seed === seed);
    if (recipe !== first || answers === undefined || other?.answers === undefined) return [];
    return [{ seed, ...comparePaired(classesIn(labels), classesIn(answers), classesIn(other.answers)) }];
  });
}

/**
 * Class indices as a short text: a digit each, or, from eleven classes on, numbers with a blank after each.
 * @example classesText([0, 1, 1]) // '011'
 */
export function classesText(classes: readonly number[]): string {
  // The blank at the end tells a single class of two digits from two classes.
  return classes.some((index) => index > 9) ? `${classes.join(' ')} ` : classes.join('');
}

function largestFall(epochs: readonly ComparedEpoch[]): number {
  const falls = epochs.slice(1).map(({ val_accuracy }, i) => epochs[i].val_accuracy - val_accuracy);
  return Math.max(0, ...falls);
}

function classesIn(text: string): number[] {
  return text.includes(' ') ? text.trim().split(' ').map(Number) : [...text].map(Number);
}
