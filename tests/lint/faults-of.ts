/** What one rule of the project's lint says of a line of code. */

import { ESLint } from 'eslint';
import { projectPath } from 'celeba-lab/dist/project';

/**
 * @param rule its name; one that needs no types, which would take seconds to find out
 * @param file the place of the line, from the project's root; a file that is there
 */
export async function faultsOf(rule: string, file: string, line: string): Promise<string[]> {
  const untyped = { languageOptions: { parserOptions: { projectService: false } } };
  const ruleFilter = ({ ruleId }: { ruleId: string }): boolean => ruleId === rule;
  const eslint = new ESLint({ cwd: projectPath(), overrideConfig: untyped, ruleFilter });
  const [{ messages }] = await eslint.lintText(`${line}\n`, { filePath: projectPath(file) });
  return messages.map(({ message }) => message);
}
