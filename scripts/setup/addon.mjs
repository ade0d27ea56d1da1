/** The addons that join Node and TensorFlow: a compiler call each, against the wheel's libraries and Node-API's headers. */

import fs from 'node:fs';
import path from 'node:path';
import { findCompiler } from './find-tools.mjs';
import { tensorflowFolder } from './python.mjs';
import { SetupError } from './setup-error.mjs';
import { hashOf, hashOfFiles, openStamp } from './stamp.mjs';

const PACKAGE = 'node_modules/@tensorflow/tfjs-node-gpu';
// One build serves every Node whose N-API is 8 or newer.
const FOLDER = `${PACKAGE}/lib/napi-v8`;
const LOADER = 'scripts/addon/load-tensorflow.cc';
// TensorFlow.js's own addon first; the other decodes photos.
const ADDONS = [
  {
    file: `${FOLDER}/tfjs_binding.node`,
    sources: [`${PACKAGE}/binding/tfjs_backend.cc`, 'scripts/addon/graph-functions.cc', LOADER],
  },
  { file: `${FOLDER}/decode_jpeg.node`, sources: ['scripts/addon/decode-jpeg.cc', LOADER] },
];
// graph-functions.cc includes the last one.
const SOURCES = [...new Set(ADDONS.flatMap(({ sources }) => sources)), `${PACKAGE}/binding/tfjs_binding.cc`];

/** The step that compiles the addons; what they are linked with decides whether they are still right. */
export function addonStep(project) {
  const stamp = openStamp(project, 'addon');
  return {
    name: 'addon',
    title: "TensorFlow's Node addon",
    after: ['packages', 'python'],
    why() {
      if (!ADDONS.every(({ file }) => fs.existsSync(project.path(file)))) return 'not compiled yet';
      return stamp.read() === addonKey(project)
        ? undefined
        : 'compiled from other sources, or for another TensorFlow or folder';
    },
    async run({ command }) {
      stamp.remove();
      const { argv, found } = findCompiler(project.env);
      if (argv === undefined) throw new SetupError(`A C++ compiler is needed; found: ${found}.`);
      fs.mkdirSync(project.path(FOLDER), { recursive: true });
      for (const { file, sources } of ADDONS) {
        const aside = `${file}.new`;
        await command([...argv, ...compilerArguments(project, sources, aside)], {
          failure: "The addon couldn't be compiled",
          telling: /error/,
        });
        fs.renameSync(project.path(aside), project.path(file));
      }
      stamp.write(addonKey(project));
    },
  };
}

/** The key of the compiled addons; the path of TensorFlow's folder is written into them. */
export function addonKey(project) {
  return hashOf(
    tensorflowFolder(project) ?? '',
    openStamp(project, 'python').read() ?? '',
    hashOfFiles(project, SOURCES),
  );
}

// Not linked with -l: load-tensorflow.cc loads the libraries itself. The macOS flags are untested.
function compilerArguments(project, sources, output, platform = process.platform) {
  const tensorflow = tensorflowFolder(project);
  const headers = path.join(tensorflow, 'include');
  const link = platform === 'darwin' ? ['-undefined', 'dynamic_lookup'] : ['-ldl', '-Wl,-z,lazy'];
  return [
    ...['-O2', '-std=c++17', '-fPIC', '-shared', '-DNAPI_VERSION=8', '-DBUILDING_NODE_EXTENSION'],
    ...['-I', 'node_modules/node-api-headers/include', '-I', PACKAGE, '-I', headers],
    ...['-I', path.join(headers, 'external/libjpeg_turbo'), '-Wno-deprecated-declarations'],
    ...sources,
    // -Wl would split a path at its commas.
    ...['-o', output, ...link, '-Xlinker', '-rpath', '-Xlinker', tensorflow],
  ];
}
