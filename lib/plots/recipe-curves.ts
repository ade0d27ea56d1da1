/** Two or more recipes side by side: validation accuracy by epoch, as mean and spread over seeds. */

import type { ChartSpec } from './chart-spec';
import { tip, type Json } from './encodings';
import { CLASS_COLORS, themed } from './theme';

/** One epoch of one run. */
export interface RecipeEpoch {
  /** Name of the recipe. */
  recipe: string;
  seed: number;
  /** One-based. */
  epoch: number;
  /** Share correct on the validation photos, 0 to 1. */
  accuracy: number;
}

/** What is written beside the lines. */
export interface RecipeCurvesOptions {
  /** Default `Validation accuracy by epoch`. */
  title?: string;
  /** Default: runs, and what the band is. */
  subtitle?: string;
}

// Of one panel, in pixels: two, or more, fit a notebook's width.
const WIDE = 270;
const NARROW = 190;

/**
 * A panel a recipe on one scale: a thin line for each seed, a thick one for their mean, and a band from lowest to highest.
 * Mean and band end with the shortest run: of the runs that are left, the mean would rise as bad ones end.
 * @param rows in the order in which recipes shall be shown; runs may differ in length
 * @returns    a Vega-Lite 5 specification
 */
export function recipeCurves(rows: readonly RecipeEpoch[], options: RecipeCurvesOptions = {}): ChartSpec {
  const recipes = [...new Set(rows.map(({ recipe }) => recipe))];
  const { title = 'Validation accuracy by epoch' } = options;
  const { subtitle = `n = ${seedsText(rows, recipes)}; thick: mean, band: lowest to highest, as far as all seeds go` } =
    options;
  const lowest = Math.min(0.99, ...rows.map(({ accuracy }) => accuracy));
  const last = Math.max(1, ...rows.map(({ epoch }) => epoch));
  const axes = axesOf(lowest, last);
  return themed({
    title: { text: title, subtitle },
    spacing: 40,
    hconcat: recipes.map((recipe, i) =>
      panel(recipe, rows, axes, {
        color: CLASS_COLORS[i % CLASS_COLORS.length],
        width: recipes.length > 2 ? NARROW : WIDE,
      }),
    ),
  });
}

function seedsText(rows: readonly RecipeEpoch[], recipes: readonly string[]): string {
  const counts = recipes.map((recipe) => new Set(rows.flatMap((row) => (row.recipe === recipe ? row.seed : []))).size);
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
  if (fewest < most) return `${fewest} to ${most} seeds`;
  return `${most} ${most === 1 ? 'seed' : 'seeds'} each`;
}

function panel(
  recipe: string,
  rows: readonly RecipeEpoch[],
  { x, y }: { x: Json; y: Json },
  { color, width }: { color: string; width: number },
): ChartSpec {
  const own = rows.filter((row) => row.recipe === recipe);
  const common = { data: { values: valuesOf(own.filter(({ epoch }) => epoch <= shortestOf(own))) } };
  const summary = (op: string, title: string): Json => ({ ...y, aggregate: op, field: 'accuracy', title });
  return {
    title: { text: recipe, fontSize: 13, offset: 6 },
    width,
    height: 230,
    data: { values: valuesOf(own) },
    layer: [
      {
        ...common,
        mark: { type: 'area', opacity: 0.15, color },
        encoding: { x, y: summary('min', String(y.title)), y2: { aggregate: 'max', field: 'accuracy' } },
      },
      {
        mark: { type: 'line', strokeWidth: 1, opacity: 0.6, color, point: { size: 18, color } },
        encoding: {
          x,
          y: { ...y, field: 'accuracy' },
          detail: { field: 'seed', type: 'nominal' },
          tooltip: [tip('seed', 'd'), tip('epoch', 'd'), tip('accuracy', '.4f')],
        },
      },
      {
        ...common,
        mark: { type: 'line', strokeWidth: 3, color },
        encoding: { x, y: summary('mean', String(y.title)) },
      },
    ],
  };
}

function valuesOf(rows: readonly RecipeEpoch[]): Json[] {
  return rows.map(({ seed, epoch, accuracy }) => ({ seed, epoch, accuracy }));
}

/** The last epoch that all runs have. */
function shortestOf(rows: readonly RecipeEpoch[]): number {
  const last = new Map<number, number>();
  for (const { seed, epoch } of rows) last.set(seed, Math.max(epoch, last.get(seed) ?? 0));
  return Math.min(...last.values());
}

function axesOf(lowest: number, last: number): { x: Json; y: Json } {
  const ticks = Array.from({ length: last }, (_, i) => i + 1);
  const x = {
    field: 'epoch',
    type: 'quantitative',
    title: 'epoch',
    scale: { domain: [0.7, last + 0.3], nice: false },
    axis: { values: ticks, format: 'd', grid: false },
  };
  const scale = { domain: [Math.floor(lowest * 50) / 50, 1], nice: false, zero: false };
  return {
    x,
    y: { type: 'quantitative', title: 'accuracy (share correct)', scale, axis: { format: '.0%', tickCount: 6 } },
  };
}
