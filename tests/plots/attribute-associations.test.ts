import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plots } from 'celeba-lab';

const ROWS = [{ attribute: 'Wearing_Lipstick', phi: -0.79, percentWith: 0.6, percentWithout: 80.6 }];

test('attributeAssociations names the chosen attribute and counts pictures', () => {
  const { title } = plots.attributeAssociations(ROWS, 'Male', { photoCount: 2028 }) as {
    title: { text: string; subtitle: string };
  };
  assert.equal(title.text, 'What goes along with Male');
  assert.match(title.subtitle, /; n = 2,028 pictures$/);
});

test('attributeAssociations always shows -1 to 1', () => {
  const { encoding } = plots.attributeAssociations(ROWS, 'Male') as {
    encoding: { x: { scale: { domain: number[] } } };
  };
  assert.deepEqual(encoding.x.scale.domain, [-1, 1]);
});
