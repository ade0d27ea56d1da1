/** ESLint rule: inside lib/, imports go one way, and some packages have a single importer. */

import path from 'node:path';

// Each folder may import the ones before it, but for the pairs in STRANGERS.
const ORDER = [
  'errors',
  'check-count',
  'interrupts',
  'files',
  'archives',
  'random',
  'project',
  'graphs',
  'tensorflow',
  'dataset',
  'plots',
  'photos',
  'native',
  'vgg16',
  'features',
  'model',
  'run-state',
  'callbacks',
  'training',
  'evaluation',
  'faces',
  'show',
  'index',
];

// Reading tables, drawing charts and computing don't know each other; only show/ brings charts to the reader.
const STRANGERS = {
  dataset: ['tensorflow'],
  plots: ['tensorflow', 'dataset'],
  photos: ['plots'],
  native: ['plots', 'dataset', 'photos'],
  vgg16: ['plots'],
  features: ['plots'],
  model: ['plots'],
  'run-state': ['plots'],
  callbacks: ['plots'],
  training: ['plots'],
  evaluation: ['plots'],
  faces: ['plots'],
};

const IMPORTERS = {
  '@tensorflow/tfjs-node-gpu': /^tensorflow\/load\.ts$/,
  sharp: /^(photos\/|dataset\/sample-set\/|plots\/png\.ts$)/,
  '@resvg/resvg-js': /^(photos\/|dataset\/sample-set\/|plots\/png\.ts$)/,
  '@vladmandic/face-api': /^faces\/face-api\.ts$/,
  'nodejs-polars': /^dataset\//,
  hyparquet: /^archives\//,
  tslab: /^show\//,
};

/**
 * What is wrong with one import, if anything.
 * @param file   importing file, relative to lib/, with forward slashes
 * @param source what it imports, as written
 * @returns      the fault as a sentence, or undefined
 */
function importFault(file, source) {
  const pattern = Object.entries(IMPORTERS).find(([name]) => source === name || source.startsWith(`${name}/`))?.[1];
  if (pattern && !pattern.test(file))
    return `"${source}" is imported elsewhere only: by lib files matching ${pattern}.`;
  if (!source.startsWith('.')) return undefined;
  const from = topOf(file);
  const to = topOf(path.posix.join(path.posix.dirname(file), source));
  if (from === to) return undefined;
  if (!ORDER.includes(from)) return `"${from}" has no place in the import order: scripts/lint/import-direction.mjs.`;
  const backward = ORDER.indexOf(to) > ORDER.indexOf(from);
  if (!ORDER.includes(to) || backward || STRANGERS[from]?.includes(to)) return `${from} must not import ${to}.`;
  return undefined;
}

function topOf(file) {
  return file.split('/')[0].replace(/\.ts$/, '');
}

export const importDirection = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const file = path.relative(path.join(context.cwd, 'lib'), context.filename).split(path.sep).join('/');
    const check = (node) => {
      const source = node.source?.value ?? node.argument?.literal?.value;
      const message = typeof source === 'string' ? importFault(file, source) : undefined;
      if (message) context.report({ node, message });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      TSImportType: check,
    };
  },
};
