/** Parquet files as Hugging Face's, with paths for pictures and nothing in them. */

import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import pl from 'nodejs-polars';

/** One file: each column has a value a row. */
export interface ParquetColumns {
  /** Paths of the photos; null where a row has none. */
  paths: (string | null)[];
  /** Other columns by name; numbers become Int64. */
  [column: string]: (string | number | boolean | null)[];
}

/** Writes files into data/ of a folder, by name without ending, which may begin with a folder's; returns the folder. */
export function writeParquet(folder: string, files: Record<string, ParquetColumns>): string {
  for (const [name, { paths, ...columns }] of Object.entries(files)) {
    const image = paths.map((path) => ({ bytes: 'no picture', path }));
    const series = Object.entries(columns).map(([column, values]) => typed(column, values));
    const file = join(folder, 'data', `${name}.parquet`);
    mkdirSync(dirname(file), { recursive: true });
    pl.DataFrame([pl.Series('image', image), ...series]).writeParquet(file);
  }
  return folder;
}

function typed(name: string, values: ParquetColumns[string]): pl.Series {
  const series = pl.Series(name, values);
  return values.some((value) => typeof value === 'number') ? series.cast(pl.Int64) : series;
}
