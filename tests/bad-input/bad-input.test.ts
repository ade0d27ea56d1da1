import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { dataset, InputError, photos, project } from 'celeba-lab';
import { temporaryFolder } from '../dataset/write-celeba';
import { BAD_INPUT, renderTable } from './table';

/** What a user is shown of a dataset, and how many of its photos can be used. */
async function outcome(folder: string): Promise<{ shown: string; kept: number }> {
  try {
    const data = await dataset.openDataset(folder);
    const { readable, rejected } = await photos.selectReadable(data);
    const total = data.photos.length + data.missing.length;
    return { shown: `${data.description}\n${photos.rejectsSentence(rejected, total)}`, kept: readable.length };
  } catch (error) {
    assert.ok(error instanceof InputError, `no sentence for the user: ${String(error)}`);
    return { shown: error.message, kept: 0 };
  }
}

for (const [place, rows] of Object.entries(BAD_INPUT)) {
  describe(place, () => {
    for (const { kind, make, shown, kept } of rows) {
      test(`${kind}: ${kept === 0 ? 'refused' : `${kept} photos kept`}, and said why`, async (t) => {
        const found = await outcome(await make(temporaryFolder(t)));
        assert.ok(found.shown.includes(shown), `${found.shown}\ndoesn't include\n${shown}`);
        assert.equal(found.kept, kept);
      });
    }
  });
}

test('no two kinds have one name, and there are more than 40', () => {
  const kinds = Object.values(BAD_INPUT)
    .flat()
    .map(({ kind }) => kind);
  assert.equal(new Set(kinds).size, kinds.length);
  assert.ok(kinds.length > 40);
});

test('the table that people read is current', () => {
  const file = project.projectPath('tests', 'bad-input', 'README.md');
  if (process.env.WRITE_TABLE) writeFileSync(file, renderTable());
  assert.equal(readFileSync(file, 'utf8'), renderTable());
});
