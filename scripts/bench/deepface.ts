/** npm run bench -- --deepface: faces found and answered a second, beside DeepFace's gender analysis. */

import { faces, InputError, model, project } from 'celeba-lab';
import { projectEnvironment } from '../environment';
import { fastModel } from '../predict/fast-model';
import { drawFiles } from './draw-files';
import { benchPackages } from './python-packages';
import { Side } from './side';

/** What was measured. */
export interface DeepFaceFigures {
  /** Photos that each side answered, once. */
  photos: number;
  oursPhotosPerSecond: number;
  deepFacePhotosPerSecond: number;
  /** Ours divided by DeepFace's. */
  timesAsFast: number;
  /** Faces that each side found. */
  oursFaces: number;
  deepFaceFaces: number;
  /** 1 where DeepFace had its published weights, 0 where their host is out of reach and it computed with random ones. */
  deepFacePublishedWeights: number;
}

interface Answered {
  seconds: number;
  faces: number;
}

const PHOTOS = 60;
// As a run over a folder answers them; what starting takes isn't counted.
const MANY = 1000;
// A turn is long enough to be timed, and short enough for both sides to meet the same machine.
const TURN = 10;

/**
 * Answers photos of DATASET as `npm run predict` does, and as DeepFace does by default, in turns of ten. What starting takes
 * isn't counted.
 * @param count   photos, drawn by SEED from all parts; default 60
 * @param onPhase told what is done now
 * @returns       rates over all turns
 * @throws        InputError where no model of faces is in outputs/model, or Python's packages can't be had
 * @source        DeepFace: S. Serengil, A. Ozpinar, github.com/serengil/deepface; its detector is by default OpenCV's cascades
 */
export async function measureDeepFace(
  count = PHOTOS,
  onPhase: (phase: string) => void = () => undefined,
): Promise<DeepFaceFigures> {
  const settings = project.readSettings(process.env);
  const classifier = await loadFaceModel(`${settings.outputs}/model`);
  const files = await drawFiles(settings, count);
  onPhase('packages of DeepFace');
  const script = project.projectPath('scripts', 'bench', 'deepface_side.py');
  const python = Side.start('DeepFace', project.projectPath('.venv', 'bin', 'python'), [script], {
    ...projectEnvironment(),
    PYTHONPATH: await benchPackages('deepface-requirements.txt'),
    // Where it keeps its weights; the home folder otherwise.
    DEEPFACE_HOME: project.projectPath('.cache'),
    TF_USE_LEGACY_KERAS: '1',
  });
  try {
    const finder = await faces.loadFaceFinder();
    onPhase('both sides start');
    const { fault } = await python.once<{ fault: string | null }>({ task: 'load', arguments: [] });
    if (fault !== null) onPhase(`DeepFace computes with random weights, which takes as long: ${fault}`);
    const fast = await fastModel(classifier, MANY);
    const ours = (some: string[]): Promise<Answered> => answerOurs(fast, finder, some);
    const theirs = (some: string[]): Promise<Answered> => python.once({ task: 'analyse', arguments: [some] });
    // For neither: the first photos also build graphs.
    for (const side of [ours, theirs]) await side(files.slice(0, 2));
    onPhase(`${files.length} photos`);
    const turns = await inTurns(files, ours, theirs);
    return figuresOf(files.length, turns, fault === null);
  } finally {
    python.stop();
    classifier.model.dispose();
  }
}

async function loadFaceModel(folder: string): Promise<model.SavedClassifier> {
  const classifier = await model.loadClassifier(folder);
  if (classifier.frame !== undefined) return classifier;
  classifier.model.dispose();
  throw new InputError({
    where: 'npm run bench -- --deepface',
    found: `a model that takes photos whole, without looking for faces (${classifier.datasetName})`,
    expected: 'one that was trained on photos of faces',
    remedy: 'Train on such first: DATASET=... npm start',
  });
}

async function answerOurs(
  classifier: faces.FaceClassifier,
  finder: faces.FaceFinder,
  files: string[],
): Promise<Answered> {
  const beganMs = performance.now();
  const answers = await faces.answerAllPhotos(classifier, finder, files);
  const found = answers.reduce((sum, answer) => sum + (answer.error === undefined ? answer.faces.length : 0), 0);
  return { seconds: (performance.now() - beganMs) / 1000, faces: found };
}

async function inTurns(files: string[], ...sides: ((files: string[]) => Promise<Answered>)[]): Promise<Answered[]> {
  const sums = sides.map((): Answered => ({ seconds: 0, faces: 0 }));
  for (let start = 0; start < files.length; start += TURN) {
    for (const [i, side] of sides.entries()) {
      const { seconds, faces: found } = await side(files.slice(start, start + TURN));
      sums[i].seconds += seconds;
      sums[i].faces += found;
    }
  }
  return sums;
}

function figuresOf(count: number, [ours, theirs]: Answered[], published: boolean): DeepFaceFigures {
  return {
    photos: count,
    oursPhotosPerSecond: count / ours.seconds,
    deepFacePhotosPerSecond: count / theirs.seconds,
    timesAsFast: theirs.seconds / ours.seconds,
    oursFaces: ours.faces,
    deepFaceFaces: theirs.faces,
    deepFacePublishedWeights: published ? 1 : 0,
  };
}
