/** The environment of JupyterLab, the kernels and the commands: everything inside the project folder. */

import path from 'node:path';
import { projectPath, usersPath } from 'celeba-lab/dist/project';
import tensorflowVariables from './setup/tensorflow-environment.json';

/**
 * The user's environment, with .venv's programs first on PATH, Jupyter's folders below .jupyter/, TensorFlow's settings
 * where the user hasn't set them (a kernel has its kernelspec's in any case), and the folders of a run as absolute paths,
 * whatever folder a kernel starts in.
 * @param env default the process's environment
 * @returns   a new environment
 */
export function projectEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return {
    ...tensorflowVariables,
    ...env,
    PATH: [projectPath('.venv', 'bin'), env.PATH].filter(Boolean).join(path.delimiter),
    VIRTUAL_ENV: projectPath('.venv'),
    PYTHONNOUSERSITE: '1',
    // Modules of another Python, as ROS and some clusters set them, would come before .venv's own.
    PYTHONPATH: undefined,
    PYTHONHOME: undefined,
    JUPYTER_CONFIG_DIR: projectPath('.jupyter', 'config'),
    JUPYTER_DATA_DIR: projectPath('.jupyter', 'data'),
    JUPYTER_RUNTIME_DIR: projectPath('.jupyter', 'runtime'),
    JUPYTERLAB_SETTINGS_DIR: projectPath('.jupyter', 'config', 'lab', 'user-settings'),
    JUPYTERLAB_WORKSPACES_DIR: projectPath('.jupyter', 'config', 'lab', 'workspaces'),
    IPYTHONDIR: projectPath('.jupyter', 'ipython'),
    // Else Keras makes a folder in HOME, and a user's settings there would change what it computes.
    KERAS_HOME: projectPath('.cache', 'keras'),
    // Kernels of .venv before the user's own: another tslab of theirs must not be taken for this one.
    JUPYTER_PREFER_ENV_PATH: '1',
    ...absoluteFolders(env),
  };
}

function absoluteFolders(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const set = ['DATASET', 'OUTPUTS', 'PHOTOS'].filter((name) => env[name]);
  return Object.fromEntries(set.map((name) => [name, usersPath(env[name] as string, env)]));
}
