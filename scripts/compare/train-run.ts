/** One training of one recipe with one seed, and its answers to the test photos. */

import type { Dataset, Photo } from 'celeba-lab/dist/dataset';
import { accuracy, classesText, predictStored, type ComparedRun } from 'celeba-lab/dist/evaluation';
import { extractFeatures, FeatureStore, type SeenPhotos } from 'celeba-lab/dist/features';
import { formatOf, PLAIN_VIEW, spreadViews, type PhotoFormat, type PhotoView } from 'celeba-lab/dist/photos';
import type { Settings } from 'celeba-lab/dist/project';
import { improvedRecipe, recipeFor, type ImprovedRecipe, type Recipe } from 'celeba-lab/dist/training';
import { splitFrozen } from 'celeba-lab/dist/vgg16';
import { buildNetwork } from '../article-network';
import { fitArticle, fitImproved, type Fit } from './fit-recipe';

/** Recipes that can be compared. */
export const RECIPES = ['article', 'scaled', 'improved'] as const;

/** One of them. */
export type RecipeName = (typeof RECIPES)[number];

/** One of them, or the numbers of an improved recipe in place of those that fit the photos. */
export type ChosenRecipe = RecipeName | ImprovedRecipe;

/** A network that is ready to be trained, and by which numbers. */
export interface Prepared {
  fit: Fit;
  /** The recipe of notebook 3. */
  plain: Recipe;
  /** The recipe of notebook 6, where that was asked for. */
  improved?: ImprovedRecipe;
  format: PhotoFormat;
  /** Puts the features of photos in a view on disk; until `fit` is disposed of. */
  see: (view: PhotoView, photos: Photo[]) => Promise<SeenPhotos>;
}

/**
 * Trains as notebook 3 (`article`, `scaled`) or notebook 6 (`improved`) does, on stored features.
 * @param data     the photos of this run, all readable
 * @param settings batch size, head, shape, epochs, precision, outputs
 * @param print    receives a line at each epoch
 * @returns        what `npm run compare` keeps of it
 */
export async function trainRun(
  recipe: ChosenRecipe,
  seed: number,
  data: Dataset,
  settings: Settings,
  print: (line: string) => void,
): Promise<ComparedRun> {
  const { fit, plain, improved, format } = await prepareFit(recipe, seed, data, settings, print);
  const fitted = improved ? await fitImproved(fit, improved) : await fitArticle(fit, plain);
  const classifier = { model: fit.network, format, testTimeFlip: improved?.testTimeFlip };
  const { outputs, precision } = settings;
  const test = data.photos.filter(({ part }) => part === 'test');
  const predictions = await predictStored(classifier, test, `${outputs}/features`, { precision });
  disposeFit(fit);
  const labels = test.map(({ label }) => label);
  const answers = predictions.map(({ predicted }) => predicted);
  const name = typeof recipe === 'object' ? recipe.name : recipe;
  return { recipe: name, seed, ...fitted, test: accuracy(labels, answers), answers: classesText(answers) };
}

/**
 * A recipe's network with first weights, and the features of training and validation photos on disk.
 * @param data     as for `trainRun`, like the other parameters
 * @returns        for the caller to end with `disposeFit`
 */
export async function prepareFit(
  recipe: ChosenRecipe,
  seed: number,
  data: Dataset,
  settings: Settings,
  print: (line: string) => void,
): Promise<Prepared> {
  const [train, validation] = (['train', 'validation'] as const).map((part) =>
    data.photos.filter((photo) => photo.part === part),
  );
  const stepsPerEpoch = Math.ceil(train.length / settings.batchSize);
  const given = typeof recipe === 'object' ? recipe : undefined;
  const improved = recipe === 'improved' ? improvedRecipe(stepsPerEpoch) : given;
  const plain = recipeFor(recipe === 'article' ? 'article' : 'scaled', stepsPerEpoch);
  const format = formatOf(improved?.views ? 'true' : settings.shape);
  const inputShape: [number, number, number] = [format.height, format.width, 3];
  const { batchNormMomentum: momentum } = improved ?? plain;
  const classCount = data.classNames.length;
  const network = await buildNetwork({ inputShape, seed, momentum, classCount, head: settings.head });
  const { trunk, tail } = splitFrozen(network);
  const see = async (view: PhotoView, photos: Photo[]): Promise<SeenPhotos> => {
    const store = await FeatureStore.open(`${settings.outputs}/features`, trunk, format, view, settings.precision);
    return { store, photos: await extractFeatures(trunk, store, photos, format) };
  };
  const seen: SeenPhotos[] = [];
  const plans = improved?.views ? spreadViews(train, improved.degradedViews) : [{ view: PLAIN_VIEW, photos: train }];
  for (const plan of plans) seen.push(await see(plan.view, plan.photos));
  const fit: Fit = { network, tail, seen, validation: await see(PLAIN_VIEW, validation), seed, data, settings, print };
  return { fit, plain, improved, format, see };
}

/** Frees a compiled network: the optimizer's moments, the tail, which holds the network's weights too, and then the network. */
export function disposeFit({ tail, network }: Fit): void {
  tail.optimizer.dispose();
  tail.dispose();
  network.dispose();
}
