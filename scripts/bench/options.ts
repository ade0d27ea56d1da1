/** The command line of npm run bench. */

import { readWords, WrongUse } from '../command';

/** What is measured. */
export interface BenchOptions {
  mode: 'compare' | 'full-size' | 'store' | 'profile' | 'steps' | 'peers' | 'deepface' | 'predict' | 'help';
  quick: boolean;
  /** Photos in what is generated; the mode's own default where it is undefined. */
  photos?: number;
}

export const USAGE = `Usage: npm run bench -- [--quick] [--full-size | --store | --profile | --steps | --peers | --deepface |
                       --predict] [--photos N]

Compares with Keras 3 on the same TensorFlow, weights and photos, in one run, alternating. Photos are those of DATASET, or of
the sample set. Writes outputs/bench.json.
  --quick      fewer steps, of the comparison, of --profile or of --steps
  --full-size  tables and photos of CelebA's full size, generated, beside pandas and Keras's loaders
  --store      memory and speed of a generated feature store, by default of 40,000 photos (3.3 GB of disk for a while)
  --profile    where the time of one epoch goes
  --steps      train steps called as one operation, as on a GPU, beside the same ones operation by operation
  --peers      answers to the test photos of DATASET beside those of face-api's gender network (after npm start)
  --deepface   photos a second beside DeepFace's gender analysis (after npm start on photos of faces; fetches its packages, 200 MB)
  --predict    memory of npm run predict over 10,000 photos, those of DATASET over and over (after npm start)
  --photos N   how many photos --full-size streams, --store generates, or --deepface and --predict answer
Exit code: 0 measured, 1 failed, 2 wrong use or bad input.`;

const MODES = ['full-size', 'store', 'profile', 'steps', 'peers', 'deepface', 'predict'] as const;

// The others have one size, or no photos of their own.
const QUICK_MODES = ['compare', 'profile', 'steps', 'help'];
const COUNTING_MODES = ['full-size', 'store', 'deepface', 'predict', 'help'];

/** @throws WrongUse that says which option isn't known, or doesn't belong to the mode */
export function readOptions(words: string[]): BenchOptions {
  const flag = { type: 'boolean' } as const;
  const options = {
    quick: flag,
    'full-size': flag,
    store: flag,
    profile: flag,
    steps: flag,
    peers: flag,
    deepface: flag,
    predict: flag,
    help: flag,
  } as const;
  const { values } = readWords({ args: words, options: { ...options, photos: { type: 'string' } } }, wrongUse);
  const chosen = MODES.filter((mode) => values[mode]);
  if (chosen.length > 1) throw wrongUse(chosen.map((mode) => `--${mode}`).join(' and '));
  const photos = values.photos === undefined ? undefined : Number(values.photos);
  if (photos !== undefined && !(Number.isSafeInteger(photos) && photos > 0))
    throw wrongUse(`--photos ${values.photos}`);
  const mode: BenchOptions['mode'] = values.help ? 'help' : (chosen.at(0) ?? 'compare');
  const { quick = false } = values;
  if (quick && !QUICK_MODES.includes(mode)) throw wrongUse(`--quick and --${mode}`);
  if (photos !== undefined && !COUNTING_MODES.includes(mode))
    throw wrongUse(mode === 'compare' ? '--photos by itself' : `--photos and --${mode}`);
  return { mode, quick, photos };
}

function wrongUse(found: string): WrongUse {
  return new WrongUse({ where: 'npm run bench', found, expected: 'its options', remedy: 'The usage is below' });
}
