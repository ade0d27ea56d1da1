/** Variables of the environment, which all files of a folder share. */

/**
 * Sets a variable.
 * @returns puts back what was there before; to be called when the test ends
 */
export function setVariable(name: string, value: string): () => void {
  const before = process.env[name];
  process.env[name] = value;
  return () => {
    if (before === undefined) delete process.env[name];
    else process.env[name] = before;
  };
}
