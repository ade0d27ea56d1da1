/** How many photos the persons of a dataset have, as a histogram. */

import type { ChartSpec } from './chart-spec';
import type { CountsOptions } from './class-counts';
import { tip } from './encodings';
import { COLORS, countText, themed } from './theme';

/** One column. */
export interface PersonCountRow {
  /** Photos of one person. */
  photos: number;
  /** Persons with so many. */
  persons: number;
}

/**
 * A column for each number of photos that occurs.
 * @param rows at least 1
 * @returns    a Vega-Lite 5 specification
 * @example    photosPerPerson([{ photos: 1, persons: 44 }, { photos: 2, persons: 57 }])
 */
export function photosPerPerson(rows: readonly PersonCountRow[], options: CountsOptions = {}): ChartSpec {
  const persons = rows.reduce((sum, row) => sum + row.persons, 0);
  const photos = rows.reduce((sum, row) => sum + row.photos * row.persons, 0);
  const {
    title = 'Pictures of each person',
    subtitle = `n = ${countText(persons)} persons in ${countText(photos)} pictures`,
  } = options;
  const most = Math.max(1, ...rows.map((row) => row.photos));
  const scale = { domain: [0.5, most + 0.5], nice: false };
  // At most 12 labels, on whole numbers.
  const step = Math.ceil(most / 12);
  const values = Array.from({ length: Math.ceil(most / step) }, (_, i) => 1 + i * step);
  const axis = { values, format: 'd', grid: false };
  const y = {
    field: 'persons',
    type: 'quantitative',
    title: 'persons',
    scale: { zero: true },
    axis: { format: ',d', tickMinStep: 1 },
  };
  return themed({
    title: { text: title, subtitle },
    width: 460,
    height: 220,
    data: { values: rows.map((row) => ({ ...row, from: row.photos - 0.4, to: row.photos + 0.4 })) },
    mark: { type: 'bar', color: COLORS.blue },
    encoding: {
      x: { field: 'from', type: 'quantitative', title: 'pictures of one person', scale, axis },
      x2: { field: 'to' },
      y,
      y2: { datum: 0 },
      tooltip: [tip('photos', 'd', 'pictures of one person'), tip('persons', ',d')],
    },
  });
}
