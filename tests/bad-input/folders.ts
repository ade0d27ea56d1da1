/** Folders of classes, and of parts, with a fault. */

import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { jpeg, write, writeLinks, type BadInput } from './bad-input';

const RIGHT = ['cat/1.jpg', 'cat/2.jpg', 'cat/3.jpg', 'dog/1.jpg', 'dog/2.jpg', 'dog/3.jpg'];
const PARTS = [
  'train/cat/1.jpg',
  'train/dog/1.jpg',
  'valid/cat/2.jpg',
  'valid/dog/2.jpg',
  'test/cat/3.jpg',
  'test/dog/3.jpg',
];

/** Photos by their paths, and other files that hold a word. */
async function photos(folder: string, paths: string[], others: string[] = []): Promise<string> {
  const photo = await jpeg();
  const files = [...paths.map((path) => [path, photo]), ...others.map((path) => [path, 'x'])];
  return write(folder, Object.fromEntries(files) as Record<string, Uint8Array>);
}

/** Photos and a link. */
async function linked(
  folder: string,
  target: (outside: string, dataset: string) => string,
  ...links: string[]
): Promise<string> {
  const outside = write(join(folder, 'outside'), { 'x.jpg': await jpeg() });
  const dataset = await photos(join(folder, 'dataset'), RIGHT);
  writeLinks(dataset, target(outside, dataset), links);
  return dataset;
}

export const FOLDERS: BadInput[] = [
  {
    kind: 'folder that is not there',
    made: 'a path with a slip',
    shown: 'found no such folder, expected a folder of photos',
    kept: 0,
    make: (folder) => join(folder, 'nope'),
  },
  {
    kind: 'folder empty',
    made: 'nothing in it',
    shown: 'found an empty folder',
    kept: 0,
    make: (folder) => folder,
  },
  {
    kind: 'folder of photos without classes',
    made: 'all photos in one folder',
    shown: 'found neither tables nor class folders',
    kept: 0,
    make: (folder) => photos(folder, ['1.jpg', '2.jpg']),
  },
  {
    kind: 'one class folder only',
    made: 'cat/ alone',
    shown: 'found one class only (cat)',
    kept: 0,
    make: (folder) => photos(folder, RIGHT.slice(0, 3)),
  },
  {
    kind: 'folder around the class folders',
    made: 'photos/cat/ and photos/dog/',
    shown: 'photos, if its subfolders are the classes or the parts',
    kept: 0,
    make: (folder) =>
      photos(
        folder,
        RIGHT.map((path) => `photos/${path}`),
      ),
  },
  {
    kind: 'pipe named as an archive',
    made: 'mkfifo photos.zip',
    shown: 'found a pipe, a socket or a device',
    kept: 0,
    make: (folder) => {
      const pipe = join(folder, 'photos.zip');
      execFileSync('mkfifo', [pipe]);
      return pipe;
    },
  },
  {
    kind: 'class folder empty',
    made: 'dog/ without files',
    shown: 'dog: found no photos, expected at least 3',
    kept: 0,
    make: async (folder) => {
      mkdirSync(join(folder, 'dog'));
      return photos(folder, RIGHT.slice(0, 3));
    },
  },
  {
    kind: 'class folder with too few photos',
    made: 'dog/ with two',
    shown: 'dog: found 2 photos, expected at least 3',
    kept: 0,
    make: (folder) => photos(folder, RIGHT.slice(0, 5)),
  },
  {
    kind: 'file that is no photo in a class folder',
    made: 'cat/notes.txt',
    shown: '1 file not named as a photo left out',
    kept: 6,
    make: (folder) => photos(folder, RIGHT, ['cat/notes.txt']),
  },
  {
    kind: 'hidden photo in a class folder',
    made: 'cat/._1.jpg',
    shown: '1 hidden file left out',
    kept: 6,
    make: (folder) => photos(folder, RIGHT, ['cat/._1.jpg']),
  },
  {
    kind: 'photo beside the class folders',
    made: 'cover.jpg',
    shown: '1 photo outside of every class folder left out',
    kept: 6,
    make: (folder) => photos(folder, [...RIGHT, 'cover.jpg']),
  },
  {
    kind: 'photo that is a link to outside',
    made: 'cat/4.jpg, a link to a photo elsewhere',
    shown: '1 link that leads outside left out',
    kept: 6,
    make: (folder) => linked(folder, (outside) => join(outside, 'x.jpg'), 'cat/4.jpg'),
  },
  {
    kind: 'class whose photos are links to outside',
    made: 'owl/1.jpg and owl/2.jpg, links to a photo elsewhere',
    shown: 'owl: found no photos (2 links that lead outside left out, such as owl/1.jpg)',
    kept: 0,
    make: (folder) => linked(folder, (outside) => join(outside, 'x.jpg'), 'owl/1.jpg', 'owl/2.jpg'),
  },
  {
    kind: 'photo that is a link to nothing',
    made: 'cat/4.jpg, a link to a file that is gone',
    shown: 'no such file',
    kept: 6,
    make: (folder) => linked(folder, (_, dataset) => join(dataset, 'cat', 'gone.jpg'), 'cat/4.jpg'),
  },
  {
    kind: 'link to itself',
    made: 'mouse among the class folders, a link to mouse',
    shown: "1 link that can't be followed left out",
    kept: 6,
    make: (folder) => linked(folder, (_, dataset) => join(dataset, 'mouse'), 'mouse'),
  },
  {
    kind: 'folder in a class that is a link back',
    made: 'cat/again, a link to cat/',
    shown: '1 link to a folder inside a class left out',
    kept: 6,
    make: (folder) => linked(folder, (_, dataset) => join(dataset, 'cat'), 'cat/again'),
  },
  {
    kind: 'part folders without one part',
    made: 'train/ and test/ only',
    shown: 'found no folder for the validation part among test, train',
    kept: 0,
    make: (folder) =>
      photos(
        folder,
        PARTS.filter((path) => !path.startsWith('valid')),
      ),
  },
  {
    kind: 'part folders without classes',
    made: 'photos straight in train/, valid/ and test/',
    shown: 'found folders named as parts (test, train, valid) without a folder for each class in them',
    kept: 0,
    make: (folder) =>
      photos(
        folder,
        PARTS.map((path) => path.replace(/\/(cat|dog)\//, '/$1-')),
      ),
  },
  {
    kind: 'part folder without photos',
    made: 'valid/cat/ and valid/dog/ empty',
    shown: 'valid: found no photo, expected a folder of photos for each class',
    kept: 0,
    make: async (folder) => {
      for (const name of ['cat', 'dog']) mkdirSync(join(folder, 'valid', name), { recursive: true });
      return photos(
        folder,
        PARTS.filter((path) => !path.startsWith('valid')),
      );
    },
  },
  {
    kind: 'two folders for one part',
    made: 'valid/ and val/',
    shown: 'found val and valid, which both stand for one part',
    kept: 0,
    make: (folder) => photos(folder, [...PARTS, 'val/cat/9.jpg']),
  },
  {
    kind: 'class without training photos',
    made: 'no train/dog/',
    shown: 'found no training photo of class dog',
    kept: 0,
    make: (folder) =>
      photos(
        folder,
        PARTS.filter((path) => path !== 'train/dog/1.jpg'),
      ),
  },
  {
    kind: 'folder beside the parts',
    made: 'extra/ with photos',
    shown: '1 folder beside the parts left out',
    kept: 6,
    make: (folder) => photos(folder, [...PARTS, 'extra/cat/1.jpg']),
  },
  {
    kind: 'part folder of one class',
    made: 'no test/dog/',
    shown: 'found photos of one class only (cat), expected photos of two or more classes',
    kept: 0,
    make: (folder) => photos(folder, PARTS.slice(0, -1)),
  },
  {
    kind: 'part folders below the classes',
    made: 'cat/train/, cat/test/ and dog/ the same way',
    shown: 'Put the parts above the classes',
    kept: 0,
    make: (folder) => photos(folder, ['cat/train/1.jpg', 'cat/test/2.jpg', 'dog/train/1.jpg', 'dog/test/2.jpg']),
  },
  {
    kind: 'part folder under another name',
    made: 'train/ and evaluation/, each with cat/ and dog/',
    shown: 'found folders evaluation, train, each with the folders cat, dog',
    kept: 0,
    make: (folder) =>
      photos(folder, ['train/cat/1.jpg', 'train/dog/1.jpg', 'evaluation/cat/2.jpg', 'evaluation/dog/2.jpg']),
  },
  {
    kind: 'hidden folder beside the classes',
    made: '.bird/ with photos',
    shown: '1 hidden folder left out',
    kept: 6,
    make: (folder) => photos(folder, [...PARTS, '.bird/1.jpg']),
  },
];
