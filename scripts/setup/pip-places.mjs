/** Where pip's configuration files send packages: no option on the command line takes that back. */

import { spawnSync } from 'node:child_process';

// `pip config list` prints SECTION.KEY='VALUE'. An empty value counts for nothing.
const ELSEWHERE = /^(global|install|:env:)\.(target|prefix|root|python)=(['"]).+\3$/;

/**
 * A setting that sends packages out of the Python environment whose pip is asked; index, proxy and the like are the user's.
 * Its output isn't logged: an index's address may hold a password.
 * @param python path of the environment's Python
 * @param env    pip's environment, from toolEnvironment
 * @returns      {where, found, expected, remedy} for an error; undefined where there is none, or pip doesn't say
 */
export function placeElsewhere(python, env) {
  const { stdout } = spawnSync(python, ['-m', 'pip', 'config', 'list'], { env, encoding: 'utf8' });
  const found = stdout?.split(/\r?\n/).find((line) => ELSEWHERE.test(line));
  if (found === undefined) return undefined;
  return {
    where: "pip's configuration",
    found,
    expected: 'no setting that sends packages out of the project',
    remedy:
      'Take it out (pip config debug says which file it is in), or set PIP_CONFIG_FILE=/dev/null for this command, ' +
      'which leaves out all of those files',
  };
}
