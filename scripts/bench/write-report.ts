/** outputs/bench.json, written as soon as there is something to lose. */

import { files } from 'celeba-lab';
import type { PrecisionAnswers } from './precision-answers';
import type { BenchReport } from './report';

/**
 * Writes the report, has a model's answers in both number formats compared, and writes it again with them.
 * @param file       absolute path
 * @param reportWith the report, with the answers where they are given
 * @param compare    may take minutes, and fail: then the report without answers lies in `file`
 * @returns          what lies in `file`
 * @throws           what `compare` throws
 */
export async function writeReport(
  file: string,
  reportWith: (answers?: PrecisionAnswers) => BenchReport,
  compare: () => Promise<PrecisionAnswers | undefined>,
): Promise<BenchReport> {
  const measured = reportWith();
  await files.writeJson(file, measured);
  const answers = await compare();
  if (answers === undefined) return measured;
  const whole = reportWith(answers);
  await files.writeJson(file, whole);
  return whole;
}
