/** Types of pip-places.mjs, for the commands written in TypeScript. */

export function placeElsewhere(
  python: string,
  env: NodeJS.ProcessEnv,
): { where: string; found: string; expected: string; remedy: string } | undefined;
