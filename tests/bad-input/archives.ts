/** Zip archives with a fault: CelebA's tables in order, its photos still packed. */

import { join } from 'node:path';
import { celeba, jpeg, NAMES, WEB_PAGE, write, type BadInput } from './bad-input';
import { zipFile, type ZipPart } from './zip-file';

const UNPACKED = Object.fromEntries(NAMES.map((name) => [`img_align_celeba/${name}`, undefined]));

/** CelebA with photos in an archive, of which the second is changed, and others are added. */
async function packed(folder: string, second: Partial<ZipPart> = {}, more: ZipPart[] = []): Promise<string> {
  const data = await jpeg();
  const parts = NAMES.map((name): ZipPart => ({ name: `img_align_celeba/${name}`, data }));
  Object.assign(parts[1], second);
  return celeba(folder, { ...UNPACKED, 'img_align_celeba.zip': zipFile([...parts, ...more]) });
}

async function changed(folder: string, change: (zip: Buffer) => Uint8Array | string): Promise<string> {
  const data = await jpeg();
  const zip = zipFile(NAMES.map((name) => ({ name: `img_align_celeba/${name}`, data })));
  return celeba(folder, { ...UNPACKED, 'img_align_celeba.zip': change(zip) });
}

/** An archive of class folders, with the same picture under each name. */
async function pets(folder: string, names: ZipPart['name'][]): Promise<string> {
  const data = await jpeg();
  return join(write(folder, { 'pets.zip': zipFile(names.map((name) => ({ name, data }))) }), 'pets.zip');
}

export const ARCHIVES: BadInput[] = [
  {
    kind: 'zip cut short',
    made: 'the last 100 bytes cut off, as a broken download leaves it',
    shown: 'img_align_celeba.zip: found an archive that ends early, expected a whole zip archive',
    kept: 0,
    make: (folder) => changed(folder, (zip) => zip.subarray(0, -100)),
  },
  {
    kind: 'zip that is a web page',
    made: 'an answer of a host that is over its quota',
    shown: 'img_align_celeba.zip: found a web page, expected a zip archive. The download was refused',
    kept: 0,
    make: (folder) => changed(folder, () => WEB_PAGE),
  },
  {
    kind: 'zip empty',
    made: 'a file of 0 bytes',
    shown: 'img_align_celeba.zip: found an empty file (0 bytes), expected a whole zip archive',
    kept: 0,
    make: (folder) => changed(folder, () => ''),
  },
  {
    kind: 'zip of another kind',
    made: 'a 7z archive named .zip',
    shown: 'img_align_celeba.zip: found a file of another kind',
    kept: 0,
    make: (folder) => changed(folder, () => Buffer.from("7z\xbc\xaf'\x1c followed by more", 'latin1')),
  },
  {
    kind: 'zip with a damaged directory',
    made: 'a byte of its first signature changed',
    shown: 'found a directory with something else in it',
    kept: 0,
    make: (folder) => changed(folder, (zip) => zip.fill(0, zip.indexOf('PK\x01\x02'), zip.indexOf('PK\x01\x02') + 1)),
  },
  {
    kind: 'zip whose directory lies beyond its end',
    made: 'the place of the directory changed',
    shown: 'found a directory beyond its end',
    kept: 0,
    make: (folder) => changed(folder, (zip) => zip.fill(0x7f, zip.length - 6, zip.length - 2)),
  },
  {
    kind: 'zip without the photos',
    made: 'other names in it',
    shown: 'found none of the photos that list_attr_celeba.txt names',
    kept: 0,
    make: (folder) =>
      celeba(folder, { ...UNPACKED, 'img_align_celeba.zip': zipFile([{ name: 'a.txt', data: Buffer.from('a') }]) }),
  },
  {
    kind: 'zip entry whose name leads upwards',
    made: '../../000002.jpg',
    shown: '1 file with a name that leads outside the archive left out',
    kept: 5,
    make: (folder) => packed(folder, { name: '../../000002.jpg' }),
  },
  {
    kind: 'zip entry with an absolute path',
    made: '/tmp/000002.jpg',
    shown: '1 file with a name that leads outside the archive left out',
    kept: 5,
    make: (folder) => packed(folder, { name: '/tmp/000002.jpg' }),
  },
  {
    kind: 'zip entry with a path of Windows',
    made: '..\\000002.jpg',
    shown: '1 file with a name that leads outside the archive left out',
    kept: 5,
    make: (folder) => packed(folder, { name: '..\\000002.jpg' }),
  },
  {
    kind: 'zip entry that is a link',
    made: 'a link to /etc/passwd',
    shown: '1 link in an archive left out',
    kept: 5,
    make: (folder) => packed(folder, { mode: 0o120777, data: Buffer.from('/etc/passwd') }),
  },
  {
    kind: 'zip entries that a Mac leaves',
    made: '__MACOSX/._000001.jpg',
    shown: '1 hidden file left out',
    kept: 6,
    make: (folder) => packed(folder, {}, [{ name: '__MACOSX/._000001.jpg', data: Buffer.from('x') }]),
  },
  {
    kind: 'zip entry with a wrong checksum',
    made: 'its CRC-32 changed',
    shown: 'a file damaged in its archive',
    kept: 5,
    make: (folder) => packed(folder, { crc: 1 }),
  },
  {
    kind: 'zip entry locked with a password',
    made: 'its flag set',
    shown: 'a file locked with a password',
    kept: 5,
    make: (folder) => packed(folder, { flags: 1 }),
  },
  {
    kind: 'zip entry packed in a rare way',
    made: 'method 12 (bzip2)',
    shown: "a file packed in a way that can't be read (method 12)",
    kept: 5,
    make: (folder) => packed(folder, { method: 12 }),
  },
  {
    kind: 'zip entry that unpacks to more than it says',
    made: '1 MB of zeros said to be 10 bytes',
    shown: 'a file that unpacks to more than its archive says',
    kept: 5,
    make: (folder) => packed(folder, { data: Buffer.alloc(1_000_000), sizeBytes: 10 }),
  },
  {
    kind: 'zip entry said to be of absurd size',
    made: 'a photo said to unpack to 4 GB',
    shown: 'a file that unpacks to 4,000,000,000 bytes',
    kept: 5,
    make: (folder) => packed(folder, { sizeBytes: 4_000_000_000 }),
  },
  {
    kind: 'zip bomb',
    made: '20 MB of zeros, packed 1,000 times smaller',
    shown: 'a file that unpacks to 20,000,000 bytes from',
    kept: 5,
    make: (folder) => packed(folder, { data: Buffer.alloc(20_000_000) }),
  },
  {
    kind: 'zip entries named by Windows Explorer',
    made: 'names in code page 437, of which two differ by an umlaut',
    shown: '6 photos, 2 train, 2 validation, 2 test',
    kept: 6,
    make: (folder) => {
      const names = ['cat/1', 'cat/Gr\x81n', 'cat/Gr\x94n', 'dog/1', 'dog/M\x84x', 'dog/M\x8ex'];
      return pets(
        folder,
        names.map((name) => Buffer.from(`${name}.jpg`, 'latin1')),
      );
    },
  },
  {
    kind: 'zip with the class folders in a folder beside a photo',
    made: 'cover.jpg, photos/cat/ and photos/dog/ in pets.zip',
    shown: 'or pack photos alone, if its subfolders are the classes or the parts',
    kept: 0,
    make: (folder) => {
      const classes = ['cat', 'dog'].flatMap((name) => [1, 2, 3].map((i) => `photos/${name}/${i}.jpg`));
      return pets(folder, ['cover.jpg', ...classes]);
    },
  },
  {
    kind: 'zip with a name twice',
    made: 'an entry added under the name of the first',
    shown: '1 file with the same name as a later one left out',
    kept: 6,
    make: async (folder) => packed(folder, {}, [{ name: 'img_align_celeba/000001.jpg', data: await jpeg() }]),
  },
  {
    kind: 'zip entry that is no photo',
    made: 'text named 000002.jpg',
    shown: 'text, not a picture',
    kept: 5,
    make: (folder) => packed(folder, { data: Buffer.from('hello') }),
  },
];
