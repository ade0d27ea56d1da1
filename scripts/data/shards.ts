/** Files of one table in parts, named as Hugging Face names them: train-00003-of-00019.parquet. */

const SHARD = /^(.*)-\d{5}-of-(\d{5})(\.[^/]*)$/;

/**
 * The parts that are missing beside those that are there; none where no file is a part.
 * @param paths of files
 * @returns     paths, in order
 * @example     missingShards(['train-00000-of-00002.parquet']) // ['train-00001-of-00002.parquet']
 */
export function missingShards(paths: readonly string[]): string[] {
  // One entry a table, whichever of its parts are there.
  const tables = new Map(paths.map((path) => [path.replace(SHARD, '$1-of-$2$3'), SHARD.exec(path)]));
  const wanted = [...tables.values()].flatMap((match) => {
    if (match === null) return [];
    const [, table, count, ending] = match;
    return Array.from(
      { length: Number(count) },
      (_, i) => `${table}-${String(i).padStart(5, '0')}-of-${count}${ending}`,
    );
  });
  const here = new Set(paths);
  return wanted.filter((path) => !here.has(path)).sort();
}
