import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { dataset, InputError } from 'celeba-lab';
import { temporaryFolder } from './write-celeba';
import { writeParquet, type ParquetColumns } from './write-parquet';

type Columns = Omit<ParquetColumns, 'paths'>;

/** Three files, of two photos each where `paths` aren't given. */
function open(t: TestContext, parts: Columns[], attribute = 'Male'): Promise<dataset.Dataset> {
  const files = ['train', 'validation', 'test'].map((name, i): [string, ParquetColumns] => [
    `${name}-00000-of-00001`,
    { paths: [`${2 * i}.jpg`, `${2 * i + 1}.jpg`], ...parts[i] },
  ]);
  return dataset.openDataset(writeParquet(temporaryFolder(t), Object.fromEntries(files)), { attribute });
}

const labels = (data: dataset.Dataset): number[] => data.photos.map(({ label }) => label);

test('a file may have one value of the attribute only, where the others have both', async (t) => {
  const data = await open(t, [{ Male: [true, false] }, { Male: [false, false] }, { Male: [true, true] }]);
  assert.deepEqual(labels(data), [1, 0, 0, 0, 1, 1]);
});

test('one value in all files is refused with the number of all photos', async (t) => {
  const part = { Male: [true, true], Smiling: [true, false] };
  await assert.rejects(open(t, [part, part, part]), /found each of 6 photos with it.* others lack: Smiling/);
});

test('whole numbers are an attribute only where no file has others than 1, 0 and -1', async (t) => {
  const data = await open(t, [
    { Male: [1, 0], Faces: [1, 0] },
    { Male: [1, 0], Faces: [1, 3] },
    { Male: [1, 0], Faces: [1, 1] },
  ]);
  assert.deepEqual(dataset.attributeTable(data).columns, ['file', 'Male']);
});

test('0 is no where there is no -1 in any file, and is unknown where there is one', async (t) => {
  const zeros = await open(t, [{ Male: [1, 0] }, { Male: [0, null] }, { Male: [1, 1] }]);
  assert.deepEqual(labels(zeros), [1, 0, 0, 1, 1]);
  const data = await open(t, [{ Male: [1, -1] }, { Male: [1, 0] }, { Male: [0, 1] }]);
  assert.deepEqual(dataset.attributeTable(data).getColumn('Male').toArray(), [1, -1, 1, 0, 0, 1]);
  assert.deepEqual(labels(data), [1, 0, 1, 1]);
  assert.match(data.description, /2 rows without a value for Male left out/);
});

test('the attribute table names photos as the dataset does, so that shares by part can be told', async (t) => {
  const paths = [
    ['img/1.jpg', null],
    ['img\\3.jpg', 'img/1.jpg'],
    ['5.jpg', 'img/6.jpg'],
  ];
  const data = await open(
    t,
    paths.map((own) => ({ Male: [true, false], paths: own })),
  );
  const table = dataset.attributeTable(data);
  const names = data.photos.map(({ name }) => name);
  const last = 'validation-00000-of-00001/1';
  assert.deepEqual(names, ['1.jpg', 'train-00000-of-00001/1', '3.jpg', last, '5.jpg', '6.jpg']);
  assert.deepEqual(table.getColumn('file').toArray(), names);
  assert.deepEqual(dataset.sharesByPart(table, data), [{ attribute: 'Male', train: 50, validation: 50, test: 50 }]);
});

test('a file without the attribute is named, with the attributes of all files', async (t) => {
  const whole = { Male: [true, false], Smiling: [true, false] };
  const opening = open(t, [whole, whole, { Smiling: [true, true] }]);
  await assert.rejects(opening, (error) => {
    assert.ok(error instanceof InputError);
    assert.match(error.message, /test-00000-of-00001\.parquet: found no column Male, expected .*: Smiling\. /);
    return true;
  });
});

test('photos without names in files of one name, in a folder for each part, have names of their own', async (t) => {
  const rows = { Male: [true, false], paths: [null, null] };
  const files = ['train', 'validation', 'test'].map((part): [string, ParquetColumns] => [`${part}/0`, rows]);
  const data = await dataset.openDataset(writeParquet(temporaryFolder(t), Object.fromEntries(files)), {
    attribute: 'Male',
  });
  const names = data.photos.map(({ name }) => name);
  assert.equal(new Set(names).size, 6, String(names));
  assert.ok(
    names.some((name) => name.endsWith('validation/0/1')),
    String(names),
  );
});
