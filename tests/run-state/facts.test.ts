import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runState } from 'celeba-lab';

const BEFORE = { BATCH: 4, SEED: 1, EPOCHS: 2, HEAD: 'sigmoid', photos: 'b8aaf9137e58a534' };
const OTHER_PHOTOS =
  'The photos or their labels are others: DATASET, ATTRIBUTE, SPLIT, TRAIN and VALID decide which are taken';

test('changedFacts names what differs, three at most, and nothing where nothing does', () => {
  assert.equal(runState.changedFacts(BEFORE, { ...BEFORE }), undefined);
  assert.equal(runState.changedFacts(BEFORE, { ...BEFORE, BATCH: 6 }), 'BATCH was 4 and is 6');
  assert.equal(
    runState.changedFacts(BEFORE, { ...BEFORE, BATCH: 6, SEED: 2, EPOCHS: 3, HEAD: 'softmax' }),
    'BATCH was 4 and is 6, SEED was 1 and is 2, EPOCHS was 2 and is 3 (and 1 more)',
  );
});

test('changedFacts says of other photos, without their checksums, which settings decide them, also behind others', () => {
  const photos = 'c229d65e42bc69f8';
  assert.equal(runState.changedFacts(BEFORE, { ...BEFORE, photos }), OTHER_PHOTOS);
  assert.equal(
    runState.changedFacts(BEFORE, { ...BEFORE, BATCH: 6, SEED: 2, EPOCHS: 3, HEAD: 'softmax', photos }),
    `BATCH was 4 and is 6, SEED was 1 and is 2, EPOCHS was 2 and is 3 (and 1 more). ${OTHER_PHOTOS}`,
  );
});

test('changedFacts says that a training knew nothing of its photos', () => {
  assert.equal(runState.changedFacts({ SEED: 1 }, { SEED: 1, photos: 'c2' }), 'photos was not set and is c2');
});
