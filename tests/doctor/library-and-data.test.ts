/** The doctor on lib/ that isn't compiled, altered weights, and photos that can't be opened. */

import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeEach, describe, test } from 'node:test';
import { openLibrary, useCopy } from './project-copy';
import { brokenPart, examine } from './run-doctor';

const WEIGHTS = join('data', 'weights', 'vgg16-imagenet.bin');
const REAL_WEIGHTS = resolve(__dirname, '..', '..', WEIGHTS);
const WEIGHTS_ANEW = `rm ${WEIGHTS} && npm run setup`;

describe('lib/', () => {
  const copy = useCopy();
  beforeEach(() => openLibrary(copy.root));

  test('without lib/dist, set-up is the cure, and what rests on it waits', () => {
    rmSync(join(copy.root, 'lib', 'dist'), { recursive: true });
    const { findings } = examine(copy.root, ['lib', 'chart', 'weights']);
    assert.deepEqual([findings[0].detail, findings[0].cure], ['not compiled yet', 'npm run setup']);
    assert.deepEqual([findings[1].detail, findings[2].detail], ['waits for: lib/', 'waits for: lib/']);
  });

  test('a source that has changed since is compiled by set-up', () => {
    appendFileSync(join(copy.root, 'lib', 'errors.ts'), '// changed\n');
    const { detail, cure } = brokenPart(copy.root, 'lib');
    assert.deepEqual([detail, cure], ['its sources have changed', 'npm run setup']);
  });

  test('a compiled file that is lost is named, and set-up is the cure', () => {
    rmSync(join(copy.root, 'lib', 'dist', 'errors.js'));
    const { detail, cure } = brokenPart(copy.root, 'lib');
    assert.equal(detail, '1 file of lib/dist is missing or cut short, such as errors.js');
    assert.equal(cure, 'npm run setup');
  });

  test('compiled files that are emptied or cut short are counted, the first is named, and set-up is the cure', () => {
    writeFileSync(join(copy.root, 'lib', 'dist', 'plots', 'png.js'), '');
    const types = join(copy.root, 'lib', 'dist', 'plots', 'png.d.ts');
    writeFileSync(types, readFileSync(types).subarray(0, -1));
    const { detail, cure } = brokenPart(copy.root, 'lib');
    assert.equal(detail, '2 files of lib/dist are missing or cut short, such as plots/png.js');
    assert.equal(cure, 'npm run setup');
  });
});

describe("VGG16's weights", () => {
  const copy = useCopy();
  const replace = (bytes: Uint8Array) => {
    rmSync(join(copy.root, WEIGHTS));
    writeFileSync(join(copy.root, WEIGHTS), bytes);
  };

  test('a file that is missing is fetched by set-up', () => {
    rmSync(join(copy.root, WEIGHTS));
    const { detail, cure } = brokenPart(copy.root, 'weights');
    assert.deepEqual([detail, cure], [`${WEIGHTS} isn't there`, 'npm run setup']);
  });

  test('a file that is cut short is named with both sizes', () => {
    replace(readFileSync(REAL_WEIGHTS).subarray(0, 1_000_000));
    const { detail, cure } = brokenPart(copy.root, 'weights');
    assert.equal(detail, `${WEIGHTS}: found 1000000 bytes, expected 58858752 bytes`);
    assert.equal(cure, WEIGHTS_ANEW);
  });

  test('a file with one byte changed is named by its checksum', () => {
    const bytes = readFileSync(REAL_WEIGHTS);
    bytes[12_345_678] ^= 1;
    replace(bytes);
    const { detail, cure } = brokenPart(copy.root, 'weights');
    assert.match(detail, /found checksum [0-9a-f]{64}, expected d9a27cc1/);
    assert.equal(cure, WEIGHTS_ANEW);
  });
});

describe('DATASET', () => {
  const copy = useCopy();

  test('a folder that is missing is named with what to do', () => {
    const { detail, cure } = brokenPart(copy.root, 'dataset', { DATASET: '/no/such/photos' });
    assert.match(detail, /^\/no\/such\/photos: found no such folder/);
    assert.match(cure, /Check the path in DATASET/);
  });

  test('a folder without tables or class folders is named with what is expected there', () => {
    mkdirSync(join(copy.root, 'photos'));
    writeFileSync(join(copy.root, 'photos', 'notes.txt'), 'none yet');
    const { detail, cure } = brokenPart(copy.root, 'dataset', { DATASET: 'photos' });
    assert.match(detail, /photos: found neither tables nor class folders, expected list_attr_celeba\.txt/);
    assert.match(cure, /Put the text tables there/);
  });

  test('a relative folder begins where the command was typed, as for the other commands', () => {
    mkdirSync(join(copy.root, 'elsewhere', 'photos'), { recursive: true });
    writeFileSync(join(copy.root, 'elsewhere', 'photos', 'notes.txt'), 'none yet');
    const typedIn = join(copy.root, 'elsewhere');
    const { detail } = brokenPart(copy.root, 'dataset', { DATASET: 'photos', INIT_CWD: typedIn });
    assert.match(detail, /photos: found neither tables nor class folders/);
  });
});
