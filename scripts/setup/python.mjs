/** The Python environment in .venv: JupyterLab, and TensorFlow's libraries. */

import fs from 'node:fs';
import path from 'node:path';
import { findPython } from './find-tools.mjs';
import { placeElsewhere } from './pip-places.mjs';
import { createPipProgress } from './pip-progress.mjs';
import { toolEnvironment } from './project.mjs';
import { pythonKey } from './python-key.mjs';
import { installedCount, lostPackage, requirements, sitePackages } from './python-packages.mjs';
import { SettingError } from './setting-error.mjs';
import { SetupError } from './setup-error.mjs';
import { openStamp } from './stamp.mjs';
import { tensorflowBuild } from './tensorflow-build.mjs';

// Compiling these to bytecode takes half of the installation's time, and only their libraries are used.
const NOT_COMPILED = '/site-packages/(tensorflow|keras|h5py|numpy|optree|ml_dtypes|grpc|nvidia|clang|debugpy)/';

/** The step that makes .venv, always anew: a half-made one can look complete to pip. */
export function pythonStep(project) {
  const stamp = openStamp(project, 'python');
  return {
    name: 'python',
    title: 'Python packages: JupyterLab, TensorFlow',
    why() {
      const build = tensorflowBuild(project);
      if (stamp.read() === undefined) return 'not made yet, or not to its end';
      if (stamp.read() !== pythonKey(project, build))
        return `made for another folder, TensorFlow build than ${build}, or requirements`;
      return environmentFault(project, build);
    },
    async run({ command, detail }) {
      const build = tensorflowBuild(project);
      // Before what is there is taken away.
      const { executable, found } = findPython(project.env);
      if (executable === undefined) throw new SetupError(`Python 3.10 to 3.13 with venv is needed; found: ${found}.`);
      // Not finished, but no other build is chosen where this is cut off.
      stamp.write(undefined, { build });
      detail('making .venv');
      await fs.promises.rm(project.path('.venv'), { recursive: true, force: true });
      await command([executable, '-m', 'venv', '.venv'], { failure: "The Python environment .venv couldn't be made" });
      await install(project, build, { command, detail });
      detail('compiling');
      const compile = ['-m', 'compileall', '-q', '-j', '0', '-x', NOT_COMPILED, sitePackages(project)];
      await command([project.path('.venv/bin/python'), ...compile], {
        failure: "The Python packages couldn't be compiled",
      });
      const fault = environmentFault(project, build);
      if (fault) throw new SetupError(`The Python packages were installed, but ${fault}.`);
      stamp.write(pythonKey(project, build), { build });
    },
  };
}

async function install(project, build, { command, detail }) {
  const fault = placeElsewhere(project.path('.venv/bin/python'), toolEnvironment(project));
  if (fault) throw new SettingError(fault);
  const pip = ['-m', 'pip', 'install', '--no-compile', '--only-binary', ':all:', '-r', `requirements-${build}.txt`];
  const progress = createPipProgress(project, {
    total: requirements(project, build).length,
    installed: () => installedCount(project),
    detail,
  });
  try {
    const failure = "The Python packages couldn't be installed";
    await command([project.path('.venv/bin/python'), ...pip], { failure, onLine: progress.line });
  } finally {
    progress.stop();
  }
}

/** TensorFlow's folder inside .venv, or undefined where it isn't there. */
export function tensorflowFolder(project) {
  const packages = sitePackages(project);
  return packages && fs.existsSync(path.join(packages, 'tensorflow')) ? path.join(packages, 'tensorflow') : undefined;
}

function environmentFault(project, build) {
  if (!fs.existsSync(project.path('.venv/bin/python'))) return ".venv/bin/python isn't there";
  return tensorflowFault(project) ?? lostPackage(project, build);
}

function tensorflowFault(project) {
  const folder = tensorflowFolder(project);
  const library = process.platform === 'darwin' ? 'libtensorflow_cc.2.dylib' : 'libtensorflow_cc.so.2';
  return folder && fs.existsSync(path.join(folder, library))
    ? undefined
    : `TensorFlow's library ${library} isn't in .venv`;
}
