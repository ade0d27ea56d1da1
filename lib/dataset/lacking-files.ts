/** The fault of a dataset in which files lack, told apart from faults in files that are there. */

import { InputError } from '../errors';
import { LINK_OUTSIDE } from './file-tree';
import { describeLeftOut, type LeftOutCounter } from './left-out';

/** Files should be where none are. */
export class LackingFiles extends InputError {}

/**
 * The same fault, with the links that weren't followed: what lacks may be there as one of them.
 * @param error   what ended the opening of a dataset
 * @param leftOut what was left out until then
 * @returns       the error itself where no file lacks, or no link was left out
 */
export function withLinks(error: unknown, leftOut: LeftOutCounter): unknown {
  const links = leftOut.list().find(({ reason }) => reason === LINK_OUTSIDE);
  if (!(error instanceof LackingFiles) || links === undefined) return error;
  const { where, found, expected, remedy } = error;
  const [words] = describeLeftOut([links]);
  return new InputError({
    where,
    found: `${found} (${words}, such as ${links.examples[0]})`,
    expected,
    remedy: `${remedy}; or copy the files in place of the links (cp -rL), or set DATASET to a folder around both`,
    cause: error,
  });
}
