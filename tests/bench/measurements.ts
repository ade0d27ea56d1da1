/** Measurements of a comparison that is easily reckoned. */

import type { Measurements } from '../../scripts/bench/figures';

/** Ours ten times as fast as Keras, once features are stored; photos loaded 1.5 times as fast, and with other pixels. */
export function measurements(): Measurements {
  return {
    finetune: {
      ours: [{ extracted: [{ photos: 2, ms: 40 }] }, { train: [10, 10, 900], validation: [5, 5] }],
      keras: [{ train: [100, 100], validation: [50], stalled: [40_000] }],
    },
    forward: { ours: [{ ms: 80, sha256: 'a' }], keras: [{ ms: 100, sha256: 'a' }] },
    loading: {
      ours: [{ photosPerSecond: { photoBatches: 3000 }, sha256: 'p' }],
      keras: [{ photosPerSecond: { slow: 1000, fast: 2000 }, sha256: 'q' }],
    },
    tail: [
      { stepMs: 11, convolutionsMs: 10 },
      { stepMs: 11, convolutionsMs: 10 },
    ],
  };
}
