/** npm run data: obtains a dataset, whole and checked, or says that it is here. */

import { readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { InputError } from 'celeba-lab/dist/errors';
import { lockOutputs, projectPath, usersPath } from 'celeba-lab/dist/project';
import { endWith, EXIT_INTERRUPTED, readWords, say, WrongUse } from './command';
import { isWhole, readCatalog, type Catalog, type CatalogEntry } from './data/catalog';
import { checkOneDisk } from './data/disk-space';
import { putInPlace, stateOf } from './data/finished-set';
import { obtain } from './data/obtain';
import { agreeToTerms } from './data/terms';
import { readWhereFrom, type WhereFrom } from './data/where-from';
import { formatBytes } from './progress/progress-bar';
import { toldPath } from './told-path';

const USAGE = `Usage: npm run data -- celeba|portraits [--accept-terms] [--from PLACE] [--source NAME]

Obtains a dataset and puts it into data/; run again after a break, it goes on where it stopped.
  celeba          202,599 photos of faces, for non-commercial research only
  portraits       200 generated portraits of people who don't exist, free for any use
  --accept-terms  accepts the terms that are shown; without it they are asked for
  --from PLACE    a mirror's address, or a folder or zip archive that is here already
  --source NAME   only this source, without --from: huggingface or official (celeba), github or jsdelivr (portraits)
  --catalog FILE  other datasets and sources, in the form of scripts/data/sources.json
Exit code: 0 it is here, 1 it could not be obtained, 2 wrong use, bad input or terms not accepted.`;

async function main(): Promise<number> {
  const { values, positionals } = readOptions();
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const catalog = await readCatalog(
    values.catalog ? usersPath(values.catalog, process.env) : projectPath('scripts', 'data', 'sources.json'),
  );
  const entry = entryOf(catalog, positionals);
  const place = readWhereFrom(values, entry, usersPath('.', process.env));
  const folder = resolve(projectPath(), entry.folder);
  if (await isHere(entry, folder)) {
    if (values.from !== undefined)
      say(`--from ${values.from} was not looked at. Move ${toldPath(folder)} away to take it.`);
    return 0;
  }
  const agreement = await agreeToTerms(entry, values['accept-terms'] ?? false);
  if (agreement !== 'accepted') throw notAccepted(positionals[0], agreement);
  const unlock = await lockOutputs(`${folder}.part`, 'npm run data', '');
  try {
    await checkOneDisk(`${folder}.part`, folder);
    await bring(entry, folder, place);
  } finally {
    await unlock();
  }
  await isHere(entry, folder);
  return 0;
}

/** Puts a whole set in place; of a damaged one that is there, sound files are used again and the others are moved aside. */
async function bring(entry: CatalogEntry, folder: string, place: WhereFrom): Promise<void> {
  // Looked at again: another run may have brought it while this one asked for the terms.
  const state = await stateOf(folder);
  if (state.kind === 'whole' || state.kind === 'foreign') return;
  const sound = state.kind === 'damaged' ? state.sound : [];
  const kept = await putInPlace(folder, await obtain(entry, folder, { ...place, sound }), sound);
  if (kept === undefined) return;
  const [first, ...others] = kept.paths;
  const files = others.length === 0 ? first : `${first} and ${others.length.toLocaleString('en-US')} more`;
  say(`${files}: changed, or no part of the set; moved to ${toldPath(kept.folder)}. Remove it if you don't need it.`);
}

/** Says what is there, and whether that is all. Changes nothing. */
async function isHere(entry: CatalogEntry, folder: string): Promise<boolean> {
  const state = await stateOf(folder);
  if (state.kind === 'none') return false;
  if (state.kind === 'whole') {
    const files = `${state.files.toLocaleString('en-US')} files, ${formatBytes(state.sizeBytes)}`;
    say(`${toldPath(folder)} is here, ${extentOf(state.photos, entry)}: ${files}.`);
  } else if (state.kind === 'damaged') {
    say(`${toldPath(folder)}: ${state.faulty.length} of its files are missing or changed (${state.faulty[0]}).`);
    return false;
  } else {
    const paths = (await readdir(folder, { recursive: true })).map((path) => path.split('\\').join('/'));
    if (!isWhole(entry, paths)) throw inTheWay(folder);
    say(`${toldPath(folder)} is here; it didn't come with this command, so it isn't checked.`);
  }
  console.log(`DATASET=${toldPath(folder)} npm start`);
  return true;
}

/** Without loose photos they are in an archive or a table, which has been checked. */
function extentOf(photos: number, { photoCount = 0 }: CatalogEntry): string {
  if (photos === 0 || photos >= photoCount) return 'whole';
  const [some, all] = [photos, photoCount].map((count) => count.toLocaleString('en-US'));
  return `with ${some} of its ${all} photos`;
}

function entryOf(catalog: Catalog, words: string[]): CatalogEntry {
  const names = Object.keys(catalog);
  if (words.length === 1 && names.includes(words[0])) return catalog[words[0]];
  throw wrongUse(words.length === 0 ? 'no dataset' : `"${words.join(' ')}"`, names.join(' or '));
}

function readOptions() {
  const options = {
    'accept-terms': { type: 'boolean' },
    from: { type: 'string' },
    source: { type: 'string' },
    catalog: { type: 'string' },
    help: { type: 'boolean' },
  } as const;
  const expected = 'celeba or portraits, and the options below';
  return readWords({ options, allowPositionals: true }, (found) => wrongUse(found, expected));
}

function wrongUse(found: string, expected: string): WrongUse {
  return new WrongUse({ where: 'data', found, expected, remedy: 'The usage is below' });
}

function notAccepted(name: string, agreement: 'refused' | 'unanswered'): InputError {
  return new InputError({
    where: name,
    found: agreement === 'refused' ? 'its terms not accepted' : 'no answer to its terms',
    expected: 'them accepted before it is fetched',
    remedy: `Read them above, then run npm run data -- ${name} --accept-terms`,
  });
}

function inTheWay(folder: string): InputError {
  const found = 'files that are no whole copy and did not come with this command';
  return new InputError({ where: toldPath(folder), found, expected: 'nothing there', remedy: 'Move them away' });
}

process.once('SIGINT', () => {
  say('\nStopped. Run the same command again: it goes on from here.');
  process.exit(EXIT_INTERRUPTED);
});

endWith(main(), { usage: USAGE });
