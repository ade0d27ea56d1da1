/** What the machine must bring: Node, Python with venv, a C++ compiler; all that is missing goes into one message. */

import { findCompiler, findPython } from './find-tools.mjs';
import { nodeMissing } from './node-version.mjs';
import { requirementsMessage } from './requirements-message.mjs';
import { SetupError } from './setup-error.mjs';

const PLATFORMS = ['linux x64', 'linux arm64', 'darwin arm64'];

/**
 * Everything that is missing.
 * @param machine {env, node: version such as "22.1.0", platform, arch, python: whether Python is needed, compiler: whether
 *                a compiler is}
 * @returns       a list of {name, found, install: {system: command}}, empty where nothing is missing
 */
export function missingRequirements({ env, node, platform, arch, python, compiler }) {
  const missing = [nodeMissing(node), platformMissing(platform, arch)];
  if (python) missing.push(pythonMissing(findPython(env).found));
  if (compiler) missing.push(compilerMissing(findCompiler(env).found));
  return missing.filter((requirement) => requirement !== undefined);
}

function platformMissing(platform, arch) {
  if (PLATFORMS.includes(`${platform} ${arch}`)) return undefined;
  const install = platform === 'win32' ? { Windows: 'wsl --install, then work in its Linux' } : {};
  return {
    name: 'Linux (x64, arm64) or macOS (arm64), which TensorFlow 2.21 is built for',
    found: `${platform} ${arch}`,
    install,
  };
}

function pythonMissing(found) {
  if (found === undefined) return undefined;
  return {
    name: 'Python 3.10 to 3.13 with venv',
    found,
    install: {
      'Debian/Ubuntu':
        'sudo apt install python3 python3-venv (where python3 is another version: python3.12 python3.12-venv)',
      Fedora: 'sudo dnf install python3.12',
      macOS: 'brew install python@3.12',
      'then, if need be': 'PYTHON=python3.12 before the command',
    },
  };
}

function compilerMissing(found) {
  if (found === undefined) return undefined;
  return {
    name: 'a C++ compiler for C++17',
    found,
    install: {
      'Debian/Ubuntu': 'sudo apt install g++',
      Fedora: 'sudo dnf install gcc-c++',
      macOS: 'xcode-select --install',
    },
  };
}

/** The step that looks; it is open while a step that needs the tools is. */
export function requirementsStep(project, { needsPython, needsCompiler }) {
  const machine = () => ({
    env: project.env,
    node: process.versions.node,
    platform: process.platform,
    arch: process.arch,
    python: needsPython(),
    compiler: needsCompiler(),
  });
  return {
    name: 'requirements',
    title: 'Node, Python, C++ compiler',
    why() {
      if (needsPython() || needsCompiler()) return 'looked for before they are used';
      return missingRequirements({ ...machine(), python: false, compiler: false }).map(
        ({ name }) => `needs ${name}`,
      )[0];
    },
    async run() {
      const missing = missingRequirements(machine());
      if (missing.length > 0) throw new SetupError(requirementsMessage(missing));
    },
  };
}
