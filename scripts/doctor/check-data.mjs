/** What the training starts from: VGG16's weights, and the photos. */

import fs from 'node:fs';
import { usersPath } from '../setup/project.mjs';
import { broken, fine } from './outcome.mjs';
import { probe } from './run-probe.mjs';

const WEIGHTS = 'data/weights/vgg16-imagenet.bin';

export const dataChecks = [
  { name: 'weights', title: "VGG16's weights", needs: ['packages', 'lib'], run: checkWeights },
  { name: 'dataset', title: 'Photos', needs: ['packages', 'lib', 'polars'], run: checkDataset },
];

async function checkWeights({ project }) {
  if (!fs.existsSync(project.path(WEIGHTS))) return broken(`${WEIGHTS} isn't there`, 'npm run setup');
  const { answer, fault } = await probe(project, 'weights', project.path(WEIGHTS));
  if (answer) return fine('26 tensors, their checksum is right');
  return broken(fault.replace(`${project.root}/`, ''), `rm ${WEIGHTS} && npm run setup`);
}

async function checkDataset({ project }) {
  const { DATASET, ATTRIBUTE } = project.env;
  if (!DATASET) return fine('DATASET is not set: drawn sample set');
  const { answer, fault, remedy } = await probe(project, 'dataset', usersPath(project, DATASET), ATTRIBUTE || 'Male');
  return answer ? fine(answer) : broken(fault, remedy ?? 'Leave DATASET out for the sample set');
}
