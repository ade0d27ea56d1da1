/** The two classes of an attribute, by names that read well. */

import { CELEBA_ATTRIBUTES } from './sample-set/attributes';

// All other attributes of CelebA are things that one has or hasn't.
const QUALITY = /^(Attractive|Bald|Blurry|Chubby|Male|Smiling|Wearing_\w+|Young)$/;

// Names, -1 first, where the rule would be awkward or, with a second "no", unclear.
const EXCEPTIONS = new Map<string, readonly [string, string]>([
  ['Male', ['female', 'male']],
  ['5_o_Clock_Shadow', ["no 5 o'Clock Shadow", "5 o'Clock Shadow"]],
  ['Mouth_Slightly_Open', ['Mouth not Open', 'Mouth Slightly Open']],
  ['No_Beard', ['Beard', 'No Beard']],
]);

/**
 * Names of an attribute's two classes, -1 first.
 * Rule: blanks for underscores; "not" before a quality (Smiling), "no" before a thing (Eyeglasses); "not" before a column
 * that isn't among CelebA's forty.
 * @param attribute a column of the attribute table
 * @example classNamesOf('Male') // ['female', 'male']
 * @example classNamesOf('Wearing_Hat') // ['not Wearing Hat', 'Wearing Hat']
 * @example classNamesOf('Eyeglasses') // ['no Eyeglasses', 'Eyeglasses']
 */
export function classNamesOf(attribute: string): [string, string] {
  const exception = EXCEPTIONS.get(attribute);
  if (exception !== undefined) return [...exception];
  const name = attribute.replaceAll('_', ' ');
  const isThing = (CELEBA_ATTRIBUTES as readonly string[]).includes(attribute) && !QUALITY.test(attribute);
  return [`${isThing ? 'no' : 'not'} ${name}`, name];
}
