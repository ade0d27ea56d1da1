/** The sentence that stands beside every answer that people read. */

import type { ClassifierDescription } from '../model/classifier-description';

/** Whether a model was trained on people; folders of cats and dogs have no frame for faces. */
export function isOfPeople({ attribute, frame }: Pick<ClassifierDescription, 'attribute' | 'frame'>): boolean {
  return attribute !== 'class' || frame !== undefined;
}

/**
 * What a label means, and what it doesn't. Shown wherever a person meets an answer: notebook, table, contact sheet.
 * @param classifier what the model was trained on
 * @returns          a sentence or two
 * @example          labelMeaning(classifier) // "A label is the model's guess what the annotators of ..."
 */
export function labelMeaning({
  attribute,
  datasetName,
  drawn,
  frame,
}: Pick<ClassifierDescription, 'attribute' | 'datasetName' | 'drawn' | 'frame'>): string {
  if (drawn)
    return 'The model was trained on drawings (the sample set): on photos of people its labels mean little. Train it with DATASET=folder npm start.';
  const guess =
    attribute === 'class'
      ? `in which of ${datasetName}'s folders a photo like this would lie`
      : `what the annotators of ${datasetName} would have answered to "${attribute}": their impression of a photo, in two values`;
  const sentence = `A label is the model's guess ${guess}.`;
  return isOfPeople({ attribute, frame }) ? `${sentence} It says nothing about who a person is.` : sentence;
}
