import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluation, type model } from 'celeba-lab';

test('labelMeaning says whose impression a label is and that it tells nothing of the person', () => {
  const text = evaluation.labelMeaning({ attribute: 'Male', datasetName: 'celeba', drawn: false });
  assert.match(text, /annotators of celeba .* "Male": their impression of a photo, in two values/);
  assert.match(text, /nothing about who a person is/);
});

test('labelMeaning speaks of folders where classes are folders, and of drawings where the model knows only those', () => {
  const folders = evaluation.labelMeaning({ attribute: 'class', datasetName: 'pets', drawn: false });
  assert.match(folders, /in which of pets's folders a photo like this would lie\.$/);
  const frame = {} as model.FaceFrame;
  const people = evaluation.labelMeaning({ attribute: 'class', datasetName: 'friends', drawn: false, frame });
  assert.match(people, /nothing about who a person is/);
  assert.match(evaluation.labelMeaning({ attribute: 'Male', datasetName: 'sample', drawn: true }), /drawings/);
});
