/** Photos of DATASET that a whole program is measured on. */

import { archives, dataset, InputError, photos, random, type project } from 'celeba-lab';

/**
 * Draws photos from all parts, by SEED.
 * @param count at most
 * @returns     their paths
 * @throws      InputError where they are in an archive, which only the notebooks can read
 */
export async function drawFiles(settings: project.Settings, count: number): Promise<string[]> {
  const all = await dataset.openDataset(settings.dataset, settings);
  const { readable } = await photos.selectReadable(all, settings);
  const inArchive = readable.find(({ file }) => archives.splitArchivePath(file) !== undefined);
  if (inArchive)
    throw new InputError({
      where: inArchive.file,
      found: 'a photo in an archive',
      expected: 'files, which other programs can read',
      remedy: 'Unpack it and give DATASET the folder',
    });
  return random
    .shuffled(readable, settings.seed)
    .slice(0, count)
    .map(({ file }) => file);
}
