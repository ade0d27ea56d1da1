/** Brings the rows of one table into the order of another. */

/** Values by name. */
export interface NamedValues<T> {
  /** No two alike. */
  files: readonly string[];
  /** One for each name. */
  values: ArrayLike<T>;
}

/** Values in the order that was asked for. */
export interface AlignedRows<T> {
  /** One for each name; undefined where the table has none. */
  values: ArrayLike<T | undefined>;
  /** Names that the table has and that weren't asked for. */
  extra: string[];
}

/**
 * Looks up a value for each name. Tables of the same names in the same order, as CelebA's are, are only compared.
 * @param names no two alike
 * @param table the values, in any order
 */
export function alignRows<T>(names: readonly string[], table: NamedValues<T>): AlignedRows<T> {
  const { files, values } = table;
  if (files.length === names.length && files.every((file, i) => file === names[i])) return { values, extra: [] };
  const rowOf = new Map(files.map((file, i) => [file, i]));
  const aligned = names.map((name) => {
    const row = rowOf.get(name);
    rowOf.delete(name);
    return row === undefined ? undefined : values[row];
  });
  return { values: aligned, extra: [...rowOf.keys()] };
}
