/** One training of one recipe with one seed, and its answers to the test photos. */

import type { Dataset, Photo } from 'celeba-lab/dist/dataset';
import { accuracy, predictStored, type ComparedRun } from 'celeba-lab/dist/evaluation';
import { extractFeatures, FeatureStore, type SeenPhotos } from 'celeba-lab/dist/features';
import { formatOf, PLAIN_VIEW, spreadViews, type PhotoView } from 'celeba-lab/dist/photos';
import type { Settings } from 'celeba-lab/dist/project';
import { improvedRecipe, recipeFor } from 'celeba-lab/dist/training';
import { splitFrozen } from 'celeba-lab/dist/vgg16';
import { buildNetwork } from '../article-network';
import { fitArticle, fitImproved, type Fit } from './fit-recipe';

/** Recipes that can be compared. */
export const RECIPES = ['article', 'scaled', 'improved'] as const;

/** One of them. */
export type RecipeName = (typeof RECIPES)[number];

/**
 * Trains as notebook 3 (`article`, `scaled`) or notebook 6 (`improved`) does, on stored features.
 * @param data     the photos of this run, all readable
 * @param settings batch size, head, shape, epochs, precision, outputs
 * @param print    receives a line at each epoch
 * @returns        what `npm run compare` keeps of it
 */
export async function trainRun(
  recipe: RecipeName,
  seed: number,
  data: Dataset,
  settings: Settings,
  print: (line: string) => void,
): Promise<ComparedRun> {
  const [train, validation, test] = (['train', 'validation', 'test'] as const).map((part) =>
    data.photos.filter((photo) => photo.part === part),
  );
  const stepsPerEpoch = Math.ceil(train.length / settings.batchSize);
  const improved = recipe === 'improved' ? improvedRecipe(stepsPerEpoch) : undefined;
  const plainRecipe = recipeFor(recipe === 'article' ? 'article' : 'scaled', stepsPerEpoch);
  const format = formatOf(improved?.views ? 'true' : settings.shape);
  const inputShape: [number, number, number] = [format.height, format.width, 3];
  const { batchNormMomentum: momentum } = improved ?? plainRecipe;
  const classCount = data.classNames.length;
  const network = await buildNetwork({ inputShape, seed, momentum, classCount, head: settings.head });
  const { trunk, tail } = splitFrozen(network);
  const see = async (view: PhotoView, photos: Photo[]): Promise<SeenPhotos> => {
    const store = await FeatureStore.open(`${settings.outputs}/features`, trunk, format, view, settings.precision);
    return { store, photos: await extractFeatures(trunk, store, photos, format) };
  };
  const seen: SeenPhotos[] = [];
  const plans = improved?.views ? spreadViews(train) : [{ view: PLAIN_VIEW, photos: train }];
  for (const plan of plans) seen.push(await see(plan.view, plan.photos));
  const fit: Fit = { network, tail, seen, validation: await see(PLAIN_VIEW, validation), seed, data, settings, print };
  const fitted = improved ? await fitImproved(fit, improved) : await fitArticle(fit, plainRecipe);
  const classifier = { model: network, format, testTimeFlip: improved?.testTimeFlip };
  const { outputs, precision } = settings;
  const predictions = await predictStored(classifier, test, `${outputs}/features`, { precision });
  network.dispose();
  const labels = test.map(({ label }) => label);
  const answers = predictions.map(({ predicted }) => predicted);
  return { recipe, seed, ...fitted, test: accuracy(labels, answers), answers: answers.join('') };
}
