import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataset } from 'celeba-lab';
import { rows } from './made-up-rows';

const DATA = rows(10, (i) => i < 4);
const of = (attribute: string): dataset.Dataset => {
  return { ...DATA, attribute, classNames: dataset.classNamesOf(attribute) };
};

test('describeLabel speaks of the attribute that is learned', () => {
  assert.match(dataset.describeLabel(DATA), /^"Male" is an annotator's impression of one photo, coded in two values\./);
  assert.match(dataset.describeLabel(of('Smiling')), /^"Smiling" is an annotator's impression/);
  assert.doesNotMatch(dataset.describeLabel(of('Smiling')), /[Mm]ale/);
});

test('describeLabel says of drawings and of folders who labelled them', () => {
  assert.match(dataset.describeLabel({ ...DATA, drawn: true }), /^The drawing program decided/);
  assert.match(dataset.describeLabel({ ...of('class'), kind: 'class-folders', name: 'pets' }), /whoever sorted pets/);
});

test('labelCautions gives the share of the larger class and the attributes that go along', () => {
  const strong = { attribute: 'Wearing_Lipstick', phi: -0.79, percentWith: 1, percentWithout: 80 };
  const cautions = dataset.labelCautions(DATA, [strong, { ...strong, attribute: 'Bald', phi: 0.1 }]).join('\n');
  assert.match(cautions, /60 % of the photos are labelled female/);
  assert.match(
    cautions,
    /a lack of Wearing_Lipstick \(phi -0\.79\) will be right about "male" more often than one that guesses/,
  );
  assert.doesNotMatch(cautions, /Bald/);
});

test('labelCautions tells what is known of an attribute of CelebA, and nothing of that for drawings', () => {
  assert.match(dataset.labelCautions(of('Oval_Face')).join('\n'), /On Oval_Face they agreed no better than by chance/);
  assert.match(dataset.labelCautions(of('No_Beard')).join('\n'), /40 % of the photos labelled "Beard" wrong/);
  assert.doesNotMatch(dataset.labelCautions(of('constructor')).join('\n'), /audit/);
  assert.doesNotMatch(dataset.labelCautions({ ...of('Oval_Face'), drawn: true }).join('\n'), /annotators/);
});

test('names with signs of Markdown or HTML stand in the sentences as they are', () => {
  const named = (name: string) => ({
    ...of('class'),
    kind: 'class-folders' as const,
    name,
    classNames: [name, 'dogs'],
  });
  const sentences = (name: string) =>
    [dataset.describeLabel(named(name)), ...dataset.labelCautions(named(name))].join('\n');
  assert.match(sentences('*x* <b>'), /sorted &#42;x&#42; &#60;b&#62; decided.*\n.*labelled &#42;x&#42; &#60;b&#62;: /);
  assert.match(sentences('_old_ cats_2'), /sorted &#95;old&#95; cats_2 decided/);
  assert.match(sentences('__proto__'), /labelled &#95;&#95;proto&#95;&#95;: /);
});
