/** A frame as faces of CelebA have it, for tests that need one without measuring photos. */

import type { faces, model } from 'celeba-lab';

/** Where CelebA's photos of 178 x 218 have left eye, right eye, nose and the corners of the mouth, in pixels. */
export const CELEBA_POINTS: faces.FivePoints = [
  [69, 111],
  [108, 111],
  [88, 136],
  [72, 152],
  [105, 152],
];

/**
 * A frame with these points, in which no face is too turned, too blurred or too unlike.
 * @param limits those that the test is about
 */
export function celebaFrame(limits: Partial<model.FaceFrame['limits']> = {}): model.FaceFrame {
  return {
    ...{ width: 178, height: 218, points: CELEBA_POINTS, spreadPx: 3, photoCount: 9, faceCount: 9 },
    limits: { offsetPx: 6, scale: 1.12, turn: 1, sharpness: 0, likeness: -1, ...limits },
    meanEdges: new Array<number>(480).fill(0),
  };
}
