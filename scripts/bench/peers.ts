/** npm run bench -- --peers: our answers to the test photos beside those of face-api's own gender network. */

import { dataset, evaluation, faces, InputError, model, photos, project, tf } from 'celeba-lab';

/** Who answered, and how well. */
export interface PeerRow {
  /** Who answered. */
  name: string;
  /** Test photos. */
  photos: number;
  /** How many of them got an answer. */
  answered: number;
  /** Right answers. */
  right: number;
  /** Right answers as a share of the answers. */
  accuracy: number;
  /** Lower end of the 95 % Wilson interval of that share. */
  low: number;
  /** Its upper end. */
  high: number;
  /** Photos a second, one after the other, decoding included. */
  photosPerSecond: number;
}

/** Index of the class, or undefined where there is no answer. */
type Answer = number | undefined;

type Way = [name: string, answer: (file: string) => Promise<Answer>];

const CLASSES = ['female', 'male'];
const [FEMALE, MALE] = [0, 1];

/**
 * Answers the test photos of DATASET in five ways: our network on the photo as it is, and on faces that were found and aligned,
 * there also with the second opinion that `npm run predict` asks for, where the model has one; face-api's gender network on the
 * found face, and on the whole photo.
 * @param onPhase told who answers now
 * @returns       a row for each
 * @throws        InputError where no model is in outputs/model, or its classes aren't female and male in this order
 * @source        face-api's gender network: @vladmandic/face-api, ageGenderNet; its answers are impressions, too
 */
export async function measurePeers(onPhase: (phase: string) => void): Promise<PeerRow[]> {
  const settings = project.readSettings(process.env);
  const classifier = await model.loadClassifier(`${settings.outputs}/model`);
  checkClasses(classifier.classNames);
  const all = await dataset.openDataset(settings.dataset, settings);
  const { readable } = await photos.selectReadable(all, { ...settings, parts: ['test'] });
  const rows: PeerRow[] = [];
  for (const [name, answer] of await waysToAnswer(classifier)) {
    onPhase(name);
    rows.push(await rowOf(name, readable, answer));
  }
  return rows;
}

async function waysToAnswer(classifier: model.SavedClassifier): Promise<Way[]> {
  const finder = await faces.loadFaceFinder();
  const gender = await faces.loadGenderNetwork();
  const genderOf = (photo: photos.RgbPhoto, box: faces.Box = [0, 0, photo.width, photo.height]): number => {
    const [male, female] = tf.tidy(() => gender([cutOut(photo, box)]).dataSync());
    return male >= female ? MALE : FEMALE;
  };
  const ofFace = async (asked: model.SavedClassifier, file: string): Promise<Answer> =>
    answerOfFace(await faces.answerAllPhotos(asked, finder, [file]));
  const network = { ...classifier, secondOpinion: undefined };
  const both = classifier.secondOpinion !== undefined;
  return [
    ['our network, photo as it is', async (file) => predicted(await evaluation.predictAllFiles(classifier, [file]))],
    ['our network, face found', (file) => ofFace(network, file)],
    ...(both ? [['with second opinion', (file) => ofFace(classifier, file)] satisfies Way] : []),
    [
      'face-api, face found',
      async (file) => {
        const photo = await photos.decodePhoto(file);
        const [face] = await finder.find(photo);
        return face && genderOf(photo, face.box);
      },
    ],
    ['face-api, whole photo', async (file) => genderOf(await photos.decodePhoto(file))],
  ];
}

async function rowOf(
  name: string,
  test: { file: string; label: number }[],
  answer: (file: string) => Promise<Answer>,
): Promise<PeerRow> {
  // The first answer also builds the network's graph.
  await answer(test[0].file);
  const beganMs = performance.now();
  const answers: Answer[] = [];
  for (const { file } of test) answers.push(await answer(file));
  const seconds = (performance.now() - beganMs) / 1000;
  const answered = answers.filter((one) => one !== undefined).length;
  const right = answers.filter((one, i) => one === test[i].label).length;
  const [low, high] = answered > 0 ? evaluation.wilsonInterval(right, answered) : [0, 1];
  const accuracy = answered > 0 ? right / answered : 0;
  return { name, photos: test.length, answered, right, accuracy, low, high, photosPerSecond: test.length / seconds };
}

function predicted([row]: (evaluation.Prediction | evaluation.FailedPrediction)[]): Answer {
  return row.error === undefined ? row.predicted : undefined;
}

/** The largest face's class; undefined where none was found or the model can't tell. */
function answerOfFace([row]: faces.PhotoAnswer[]): Answer {
  const face = row.error === undefined ? row.faces[0] : undefined;
  return face === undefined || face.abstained ? undefined : CLASSES.indexOf(face.label);
}

/** The part of a photo inside a box [rows, columns, 3]; face-api stretches it to its square input. */
function cutOut({ width, height, data }: photos.RgbPhoto, [x, y, boxWidth, boxHeight]: faces.Box): tf.Tensor3D {
  const clamp = (value: number, most: number): number => Math.min(most, Math.max(0, Math.round(value)));
  const [left, top] = [clamp(x, width - 1), clamp(y, height - 1)];
  const columns = Math.max(1, clamp(x + boxWidth, width) - left);
  const rows = Math.max(1, clamp(y + boxHeight, height) - top);
  return tf.tensor3d(data, [height, width, 3], 'int32').slice([top, left, 0], [rows, columns, 3]).toFloat();
}

function checkClasses(classNames: string[]): void {
  if (classNames.join() === CLASSES.join()) return;
  throw new InputError({
    where: 'npm run bench -- --peers',
    found: `a model of ${classNames.join(', ')}`,
    expected: 'one of female and male, which is what face-api tells apart',
    remedy: 'Train with ATTRIBUTE=Male first: npm start',
  });
}
