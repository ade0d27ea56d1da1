/** One example of each chart: the gallery's pages, and what its snapshots are made of. */

import { plots } from 'celeba-lab';

const LOG = [
  { epoch: 1, loss: 0.4213, acc: 0.8312, val_loss: 0.2511, val_acc: 0.9231 },
  { epoch: 2, loss: 0.2004, acc: 0.9304, val_loss: 0.1825, val_acc: 0.9504 },
  { epoch: 3, loss: 0.1018, acc: 0.9706, val_loss: 0.2102, val_acc: 0.9452 },
];

/** By name of the stored file: the chart. */
export const EXAMPLES: Record<string, () => plots.ChartSpec> = {
  'accuracy-interval': () =>
    plots.accuracyInterval([
      { name: 'nearest mean of raw pixels', accuracy: 0.741, low: 0.693, high: 0.784, n: 350 },
      { name: 'VGG16, fine-tuned', accuracy: 0.986, low: 0.967, high: 0.994, n: 350 },
    ]),
  'attribute-associations': () =>
    plots.attributeAssociations(
      ['Wearing_Lipstick', 'Heavy_Makeup', 'No_Beard', 'Wearing_Necktie', 'Smiling', 'Mouth_Slightly_Open'].map(
        (attribute, i) => ({
          attribute,
          phi: [-0.79, -0.67, -0.52, 0.33, -0.14, 0][i],
          percentWith: [0.6, 0.3, 61.2, 17.3, 40.1, 44.2][i],
          percentWithout: [80.6, 66.1, 99.8, 0.1, 54.1, 44.2][i],
        }),
      ),
      'Male',
      { photoCount: 202599 },
    ),
  'attribute-shares': () =>
    plots.attributeShares(
      ['Young', 'No_Beard', 'Smiling', 'Male', 'Eyeglasses', 'Bald', 'Mustache'].map((attribute, i) => ({
        attribute,
        percent: [77.4, 83.5, 48.2, 41.7, 6.5, 2.2, 0][i],
        learned: attribute === 'Male',
      })),
      { photoCount: 202599 },
    ),
  'class-counts': () =>
    plots.classCounts([
      { class: 'labelled male', count: 84434 },
      { class: 'not labelled male', count: 118165 },
    ]),
  confidence: () =>
    plots.confidence(
      Array.from({ length: 350 }, (_, i) => ({
        probability: 1 - (0.5 * ((i * 37) % 350) ** 4) / 350 ** 4,
        correct: (i * 37) % 350 < 344 || i % 2 === 0,
      })),
    ),
  'confusion-matrix': () =>
    plots.confusionMatrix({
      classNames: ['not labelled male', 'labelled male'],
      counts: [
        [489, 11],
        [7, 493],
      ],
    }),
  'confusion-matrix-three': () =>
    plots.confusionMatrix({
      classNames: ['cat', 'dog', 'a class with a rather long name'],
      counts: [
        [12, 3, 0],
        [1, 14, 0],
        [0, 0, 0],
      ],
    }),
  'photos-per-person': () =>
    plots.photosPerPerson(
      Array.from({ length: 35 }, (_, i) => ({
        photos: i + 1,
        persons: Math.round(700 * Math.exp(-(((i - 24) / 9) ** 2))),
      })),
    ),
  'photos-per-person-few': () =>
    plots.photosPerPerson([
      { photos: 2, persons: 90 },
      { photos: 3, persons: 31 },
      { photos: 4, persons: 28 },
    ]),
  'learning-rate-range': () =>
    plots.learningRateRange(
      Array.from({ length: 100 }, (_, i) => {
        const smoothedLoss = 0.75 - 0.5 / (1 + Math.exp((55 - i) / 6)) + (i > 80 ? (i - 80) ** 2 / 300 : 0);
        return { learningRate: 10 ** (i / 16.5 - 6), smoothedLoss, loss: smoothedLoss + 0.15 * Math.sin(i * i) };
      }),
      { suggestion: 0.0012 },
    ),
  'learning-rate-schedule': () =>
    plots.learningRateSchedule(
      Array.from({ length: 600 }, (_, i) => i + 1).flatMap((step) => {
        const share = step < 60 ? step / 60 : (1 + Math.cos((Math.PI * (step - 60)) / 540)) / 2;
        return [
          { step, layers: 'head', learningRate: 1e-3 * share },
          { step, layers: 'convolutions', learningRate: 3e-4 * share },
        ];
      }),
    ),
  'part-counts': () =>
    plots.partCounts([
      { part: 'train', class: 'labelled male', count: 68261 },
      { part: 'train', class: 'not labelled male', count: 94509 },
      { part: 'validation', class: 'labelled male', count: 8458 },
      { part: 'validation', class: 'not labelled male', count: 11409 },
      { part: 'test', class: 'labelled male', count: 7715 },
      { part: 'test', class: 'not labelled male', count: 12247 },
    ]),
  'recipe-curves': () =>
    plots.recipeCurves(
      ['scaled', 'improved'].flatMap((recipe) =>
        [1, 2, 3].flatMap((seed) =>
          Array.from({ length: recipe === 'scaled' ? 6 : 5 }, (_, i) => ({
            recipe,
            seed,
            epoch: i + 1,
            accuracy: (recipe === 'scaled' ? 0.97 : 0.985) - 0.02 / (i + 1) + 0.006 * Math.sin(seed * 7 + i * 5),
          })),
        ),
      ),
    ),
  'training-curves': () => plots.trainingCurves(LOG),
  'training-curves-one-epoch': () => plots.trainingCurves(LOG.slice(0, 1)),
  'training-curves-no-epoch': () => plots.trainingCurves([]),
  'training-curves-twenty': () =>
    plots.trainingCurves(
      Array.from({ length: 20 }, (_, i) => ({
        epoch: i + 1,
        loss: 0.5 / (i + 1),
        acc: 1 - 0.2 / (i + 1),
        val_loss: 0.3 + 0.02 * Math.sin(i * 2),
        val_acc: 0.93 + 0.03 * Math.sin(i),
      })),
    ),
};
