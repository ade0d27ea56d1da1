/** What to beware of in the labels that are learned. */

import type { Association } from './associations';
import { classTotals } from './counts';
import type { Dataset } from './types';

// Wu et al. 2022: two annotators who labelled photos anew agreed on these no better than by chance.
const AS_CHANCE = ['High_Cheekbones', 'Pointy_Nose', 'Oval_Face'];
// The same: audits of the labels found these wrong in so many of the photos.
const AUDITED = new Map([
  ['No_Beard', 'as many as 40 % of the photos labelled "Beard" wrong'],
  ['Mouth_Slightly_Open', 'about 20 % of the photos labelled "Mouth Slightly Open" wrong, and 2 % of the others'],
]);
// Below this a label tells little of another attribute.
const STRONG_PHI = 0.3;

/**
 * What the label is: whose answer, to what, in how many values.
 * @param data any dataset
 * @returns    a sentence or two, as Markdown
 */
export function describeLabel({ attribute, classNames, drawn, name }: Dataset): string {
  if (drawn)
    return `The drawing program decided which drawing is labelled ${inMarkdown(classNames[1])}, so here the label is exact. CelebA's isn't: there, annotators looked at photos.`;
  if (attribute === 'class')
    return `The label of a photo is the folder that it lies in: whoever sorted ${inMarkdown(name)} decided. A photo in the wrong folder is learned wrong.`;
  if (attribute === 'Male')
    return `"Male" is an annotator's impression of one photo, coded in two values. It isn't a fact about the person, it can be wrong, and it leaves no room for those whom two values don't describe.`;
  return `"${inMarkdown(classNames[1])}" is an annotator's impression of one photo: yes or no, with nothing between. Somebody else might have answered otherwise, and another photo of the same person may show something else.`;
}

/**
 * What to beware of, for this dataset and this attribute.
 * @param data         any dataset
 * @param associations what `attributeAssociations` returned; none for class folders
 * @returns            sentences, as Markdown, the most general first
 * @source             H. Wu et al., Consistency and Accuracy of CelebA Attribute Values, arXiv:2210.07356 (2022)
 */
export function labelCautions(data: Dataset, associations: readonly Association[] = []): string[] {
  const { attribute, drawn, kind } = data;
  const cautions = [balance(data), ...neighbours(data, associations)];
  if (kind !== 'celeba' || drawn) return cautions;
  cautions.push(
    'Two annotators who labelled photos of CelebA anew agreed on 95 % of the photos for only 12 of the 40 attributes ([Wu et al. 2022](https://arxiv.org/abs/2210.07356)).',
  );
  if (AS_CHANCE.includes(attribute)) cautions.push(`On ${attribute} they agreed no better than by chance.`);
  const audited = AUDITED.get(attribute);
  if (audited !== undefined) cautions.push(`An audit in the same paper found ${audited}.`);
  cautions.push(
    'Of the 202,599 photos of the whole set, about 5,000 are there twice, some with two different labels (same paper).',
  );
  return cautions;
}

function balance(data: Dataset): string {
  const largest = classTotals(data).reduce((a, b) => (b.count > a.count ? b : a));
  return `${largest.percent} % of the photos are labelled ${inMarkdown(largest.class)}: a network that always answers that is right as often.`;
}

function neighbours({ classNames }: Dataset, associations: readonly Association[]): string[] {
  const strong = associations.filter(({ phi }) => Math.abs(phi) >= STRONG_PHI).slice(0, 3);
  if (strong.length === 0) return [];
  const listed = strong
    .map(({ attribute, phi }) => `${phi < 0 ? 'a lack of ' : ''}${inMarkdown(attribute)} (phi ${phi.toFixed(2)})`)
    .join(', ');
  return [
    `A network that looks for ${listed} will be right about "${inMarkdown(classNames[1])}" more often than one that guesses: accuracy can't tell whether it learned the one or the other.`,
  ];
}

/** A name as Markdown shows it, whatever signs it holds; one within a word, as in No_Beard, stays, since it marks nothing there. */
function inMarkdown(name: string): string {
  return name.replace(/[&<>*`[\]\\~|#]|(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu, (signs) =>
    Array.from(signs, (sign) => `&#${sign.charCodeAt(0)};`).join(''),
  );
}
