/** The addon that joins Node and TensorFlow: one compiler call against the wheel's libraries and Node-API's headers. */

import fs from 'node:fs';
import path from 'node:path';
import { findCompiler } from './find-tools.mjs';
import { tensorflowFolder } from './python.mjs';
import { SetupError } from './setup-error.mjs';
import { hashOf, hashOfFiles, openStamp } from './stamp.mjs';

const PACKAGE = 'node_modules/@tensorflow/tfjs-node-gpu';
const SOURCES = [
  `${PACKAGE}/binding/tfjs_backend.cc`,
  `${PACKAGE}/binding/tfjs_binding.cc`,
  'scripts/addon/load-tensorflow.cc',
];
// One build serves every Node whose N-API is 8 or newer.
const ADDON = `${PACKAGE}/lib/napi-v8/tfjs_binding.node`;

/** The step that compiles the addon; what it is linked with decides whether it is still right. */
export function addonStep(project) {
  const stamp = openStamp(project, 'addon');
  return {
    name: 'addon',
    title: "TensorFlow's Node addon",
    after: ['packages', 'python'],
    why() {
      if (!fs.existsSync(project.path(ADDON))) return 'not compiled yet';
      return stamp.read() === addonKey(project)
        ? undefined
        : 'compiled from other sources, or for another TensorFlow or folder';
    },
    async run({ command }) {
      stamp.remove();
      const { argv, found } = findCompiler(project.env);
      if (argv === undefined) throw new SetupError(`A C++ compiler is needed; found: ${found}.`);
      const aside = `${ADDON}.new`;
      fs.mkdirSync(path.dirname(project.path(ADDON)), { recursive: true });
      await command([...argv, ...compilerArguments(project, aside)], {
        failure: "The addon couldn't be compiled",
        telling: /error/,
      });
      fs.renameSync(project.path(aside), project.path(ADDON));
      stamp.write(addonKey(project));
    },
  };
}

/** The key of a compiled addon; the path of TensorFlow's folder is written into it. */
export function addonKey(project) {
  return hashOf(
    tensorflowFolder(project) ?? '',
    openStamp(project, 'python').read() ?? '',
    hashOfFiles(project, SOURCES),
  );
}

// Not linked with -l: load-tensorflow.cc loads the libraries itself. The macOS flags are untested.
function compilerArguments(project, output, platform = process.platform) {
  const tensorflow = tensorflowFolder(project);
  const link = platform === 'darwin' ? ['-undefined', 'dynamic_lookup'] : ['-ldl', '-Wl,-z,lazy'];
  return [
    ...['-O2', '-std=c++17', '-fPIC', '-shared', '-DNAPI_VERSION=8', '-DBUILDING_NODE_EXTENSION'],
    ...['-I', 'node_modules/node-api-headers/include', '-I', PACKAGE, '-I', path.join(tensorflow, 'include')],
    ...SOURCES,
    ...['-o', output, ...link, `-Wl,-rpath,${tensorflow}`],
  ];
}
