/** What npm run predict was asked to do. */

import { extname, resolve } from 'node:path';
import { project } from 'celeba-lab';
import { readWords, WrongUse } from '../command';
import { shardOf, type Shard } from './shard';
import { sheetOfPart } from './sheet-place';

/** The usage, as --help prints it. */
export const USAGE = `Usage: npm run --silent predict -- [OPTIONS] PATH...

Predicts the faces of each photo: files, folders with all below them, "patterns/*" of both, or - for a list on stdin.
  --json          one JSON object a line: {"file", "label", "probability", "probabilities", "abstained", "reason", "note",
                  "faces"} or {"file", "error"}. What stands beside "file" is of the largest face. Rely on "label" only
                  where "abstained" is false: it and "probability" are there also where that is true, and null where no
                  face was found. "reason" says why there is no answer, "note" how the photo was read, where there is
                  something to say; "faces" has each face's "box", "landmarks" and answer. Of a model without
                  calibration, "probabilities" are the outputs of its units, which need not add up to 1
  --csv           one line a photo: the largest face's answer and the number of faces; boxes, landmarks and the other
                  faces are in --json only. Whether it was answered says "abstained"; "reason" holds the note, too. A
                  line of names stands above; of several parts, only part 0 has it. With --json and --csv, what a label
                  of people means is said on stderr at the end
  --out FILE      writes there, JSON unless it ends in .csv; photos that are there already are not predicted again;
                  FILE.model beside it notes the model, and the folder where relative paths start: rows of another
                  one aren't added to; FILE.lock keeps a second process from writing there, too
  --aligned DIR   keeps the faces of photos that are answered now as the model saw them, as JPEGs, outside of the folders
                  that are answered
  --sheet FILE    an HTML page with small pictures and the answers; a run that goes on with --out leaves a page that
                  is there as it is, and writes its own to NAME-2.html; a part's page is NAME-part-I.html
  --shard I/N     only the I-th of N parts of the list, counted from 0 (N/N is 0/N); 0/1 takes all of it; taken from a
                  Slurm array or a Kubernetes Indexed Job where there is one (docs/scale.md)
  --shards N      how many parts there are, where only the part's number is known
  --progress      shows how far it is on stderr also where that is no terminal
  --model FOLDER  a saved model; default outputs/model
Exit code: 0 all photos were read, 1 some could not be read, 2 wrong use (also: no model, a file of another run, or a place
that can't be written to), 3 the run broke down (such as a full disk): the same command goes on with what is in --out.`;

/** How rows are written. */
export type RowKind = 'table' | 'json' | 'csv';

/** The options, checked; paths are absolute but for those of photos. */
export interface PredictOptions {
  kind: RowKind;
  out?: string;
  aligned?: string;
  /** Of a part: its own page. */
  sheet?: string;
  shard?: Shard;
  progress: boolean;
  model: string;
  /** As given. */
  paths: string[];
  /** Where the user is. */
  folder: string;
}

const OPTIONS = {
  json: { type: 'boolean' },
  csv: { type: 'boolean' },
  out: { type: 'string' },
  aligned: { type: 'string' },
  sheet: { type: 'string' },
  shard: { type: 'string' },
  shards: { type: 'string' },
  progress: { type: 'boolean' },
  model: { type: 'string' },
  help: { type: 'boolean' },
} as const;

const DASH = 'Give a path that begins with a dash as ./-NAME. The usage is below';
// There are no short options: such a word is a path, as patterns bring them.
const SHORT_OPTION = /^unknown option '-[^-]/;

const PLACES = ['out', 'aligned', 'sheet', 'model'] as const;

/**
 * Reads the command line.
 * @param env the process's environment
 * @returns   undefined where only help was asked for
 * @throws    WrongUse where an option is unknown or empty, or there is no path
 */
export function readOptions(env: NodeJS.ProcessEnv): PredictOptions | undefined {
  const { values, positionals } = readWords({ options: OPTIONS, allowPositionals: true }, (found) =>
    wrongUse(found, 'the options below and paths', SHORT_OPTION.test(found) ? DASH : undefined),
  );
  if (values.help) return undefined;
  if (positionals.length === 0) throw wrongUse('no path', 'at least one photo or folder');
  // Resolved, an empty path would be the whole folder where the user is: a script's variable that isn't set.
  if (positionals.includes('')) throw wrongUse('an empty path', 'the path of a photo or folder');
  for (const name of PLACES) if (values[name] === '') throw wrongUse(`an empty --${name}`, 'a path after it');
  if (values.json && values.csv) throw wrongUse('both --json and --csv', 'one of them');
  const folder = project.usersPath('.', env);
  const path = (value: string | undefined): string | undefined => value && resolve(folder, value);
  const out = path(values.out);
  const sheet = path(values.sheet);
  const shard = shardOf(values, env);
  const written = out === undefined ? 'table' : extname(out).toLowerCase() === '.csv' ? 'csv' : 'json';
  return {
    kind: values.csv ? 'csv' : values.json ? 'json' : written,
    ...{ out, aligned: path(values.aligned), sheet: sheet && sheetOfPart(sheet, shard) },
    shard,
    progress: values.progress ?? false,
    model: path(values.model) ?? resolve(project.readSettings(env).outputs, 'model'),
    ...{ paths: positionals, folder },
  };
}

function wrongUse(found: string, expected: string, remedy = 'The usage is below'): WrongUse {
  return new WrongUse({ where: 'predict', found, expected, remedy });
}
