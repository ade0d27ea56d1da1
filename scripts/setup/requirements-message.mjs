/** The message about what the machine lacks. In syntax that Node 12 reads: node-version.mjs says why. */

/**
 * One message about all that is missing, with the commands that install it.
 * @param missing list of {name, found, install: {system: command}}
 */
export function requirementsMessage(missing) {
  const parts = missing.map(({ name, found, install }) => {
    const commands = Object.entries(install).map(([system, command]) => `    ${`${system}:`.padEnd(15)} ${command}`);
    return [`- ${name}; found: ${found}.`, ...commands].join('\n');
  });
  return `Set-up needs what it didn't find on this machine:\n${parts.join('\n')}\nInstall it, then run the same command again.`;
}
