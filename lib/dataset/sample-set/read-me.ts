/** The README.md inside a sample set. */

import { KNOWN_ATTRIBUTES, UNKNOWN_ATTRIBUTES } from './attributes';
import type { PlannedPicture } from './plan';

/** First line of a sample set's README.md; a folder is recognised by it. */
export const SAMPLE_SET_TITLE = '# A sample set of drawings in the format of CelebA';

/**
 * Says what the folder holds, how it was made and what its tables know.
 * @param planned all pictures
 * @param seed    what they were drawn from
 */
export function readMe(planned: PlannedPicture[], seed: number): string {
  const count = (part: string): number => planned.filter((one) => one.part === part).length;
  const people = new Set(planned.map(({ identity }) => identity)).size;
  return `${SAMPLE_SET_TITLE}

These ${planned.length} pictures of ${people} invented people are drawings. No photo of a person is among them, and what a model
scores on them says nothing about photos. They were drawn on this machine from seed ${seed}; the same seed gives the same
files everywhere.

- \`img_align_celeba/\`: JPEG files, 178 wide and 218 high
- \`list_attr_celeba.txt\`: 40 attributes, 1 or -1
- \`list_eval_partition.txt\`: ${count('train')} training (0), ${count('validation')} validation (1), ${count('test')} test (2)
- \`identity_CelebA.txt\`: who is shown; nobody is in two parts

\`Male\` is the group of parts that the drawing library keeps for its male or female faces (eyes, eyebrows, heads, hair,
facial hair), some of them shared. It is a label by construction, not a fact about anybody.

## Attributes
Known, because the drawing has or lacks them (${KNOWN_ATTRIBUTES.length}): ${KNOWN_ATTRIBUTES.join(', ')}.

Unknown or never drawn (${UNKNOWN_ATTRIBUTES.length}), -1 in every row: ${UNKNOWN_ATTRIBUTES.join(', ')}.

Hair attributes speak of hair that can be seen: under a hat they may all be -1.

## Credits
Faces by facesjs (https://github.com/zengm-games/facesjs), Apache License 2.0, copyright Jeremy Scheff. The layout and the
attribute names follow CelebA (Liu, Luo, Wang, Tang, ICCV 2015); none of its photos or labels is used.
`;
}
