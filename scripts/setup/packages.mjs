/** The npm packages: `npm ci`, needed when node_modules isn't what package-lock.json says. */

import fs from 'node:fs';

// npm writes this file last, so it also says that the installation ended.
const INSTALLED = 'node_modules/.package-lock.json';

/** The step that installs the npm packages; no package's own install script is run. */
export function packagesStep(project) {
  return {
    name: 'packages',
    title: 'npm packages',
    why: () => packagesFault(project),
    async run({ command, detail }) {
      fs.rmSync(project.path(INSTALLED), { force: true });
      const total = Object.keys(readPackages(project, 'package-lock.json') ?? {}).length;
      const fetched = { descriptions: 0, packages: 0 };
      await command(
        [...npm(project.env), 'ci', '--ignore-scripts', '--include=dev', '--include=optional', '--loglevel=http'],
        {
          failure: "The npm packages couldn't be installed",
          telling: /^npm (error|ERR!) ./,
          onLine(line) {
            if (!/fetch GET 200 /.test(line)) return;
            fetched[/\.tgz /.test(line) ? 'packages' : 'descriptions'] += 1;
            detail(`${fetched.descriptions} looked up, ${fetched.packages} of about ${total} downloaded`);
          },
        },
      );
    },
  };
}

function npm(env) {
  return env.npm_execpath?.endsWith('npm-cli.js') ? [process.execPath, env.npm_execpath] : ['npm'];
}

function packagesFault(project) {
  const wanted = readPackages(project, 'package-lock.json');
  if (wanted === undefined) return "package-lock.json can't be read";
  const installed = readPackages(project, INSTALLED);
  if (installed === undefined) return 'not installed yet';
  for (const [place, { version, optional }] of Object.entries(wanted)) {
    if (place === '') continue;
    // Other platforms' builds are optional, and left out.
    if (installed[place] === undefined && optional) continue;
    if (installed[place]?.version !== version)
      return `${place}: found ${installed[place]?.version ?? 'nothing'}, expected ${version}`;
    if (!fs.existsSync(project.path(place, 'package.json'))) return `${place} is gone`;
  }
  return undefined;
}

function readPackages(project, file) {
  try {
    return JSON.parse(fs.readFileSync(project.path(file), 'utf8')).packages;
  } catch {
    // Absent or cut short: the step is then open, and npm names what is wrong with the lockfile.
    return undefined;
  }
}
