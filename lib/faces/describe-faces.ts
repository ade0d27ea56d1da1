/** Descriptors of aligned faces: 128 numbers by face-api's recognition network, alike for photos of one person. */

import type { FaceFrame } from '../model/classifier-description';
import { decodePhoto, type RgbPhoto } from '../photos/decode';
import { drawView, PLAIN_VIEW, type PhotoView } from '../photos/view';
import { workInBatches, type BatchWorkOptions } from '../photos/work-in-batches';
import { tf } from '../tensorflow/load';
import { alignFace, fitToFrame, type Frame } from './align-face';
import { CHIP_SIDE } from './descriptor-graph';
import { loadDescriptorNetwork } from './face-api';
import { isPlausible } from './face-shape';
import { lookAgain, type FivePoints } from './find-landmarks';

/** A photo, and the view in which it is described; default as it is. */
export interface SeenPhoto {
  file: string;
  view?: PhotoView;
}

// What the network was trained on: the mean face of dlib's landmarks, 36 to 41 and 42 to 47 round the eyes, 30 the tip of the nose,
// 48 and 54 the mouth's corners, in 150 pixels with a quarter of the face's size as margin on each side.
const CHIP: Frame = {
  width: CHIP_SIDE,
  height: CHIP_SIDE,
  points: [
    [47.55, 46.6],
    [100.48, 46.6],
    [74.01, 76.56],
    [50.41, 103.02],
    [97.61, 103.02],
  ],
};

/** A face in the frame's size, and where its landmarks lie in it. */
export interface AlignedFace {
  aligned: RgbPhoto;
  points: FivePoints;
}

/**
 * Describes faces. Each descriptor is the mean of the face's and its mirror image's.
 * @param faces as `readPhoto` gives them; at least one
 * @returns     128 numbers each; they tell persons apart, so keep them only where you may keep the photo
 * @throws      the file system's own error where the package face-api is incomplete
 * @source      what the network sees: github.com/davisking/dlib, dlib/image_transforms/interpolation.h, get_face_chip_details
 */
export async function describeFaces(faces: readonly AlignedFace[]): Promise<number[][]> {
  const describe = await loadDescriptorNetwork();
  const descriptors = tf.tidy(() => {
    const chips = faces.map(({ aligned, points }) => {
      const { data } = alignFace(aligned, points, CHIP);
      return tf.tensor3d(data, [CHIP_SIDE, CHIP_SIDE, 3], 'int32').toFloat();
    });
    const pictures = tf.stack(chips) as tf.Tensor4D; // [n, 150, 150, 3]
    // In one call, which takes less time than two.
    const [plain, mirrored] = tf.split(describe(pictures.concat(pictures.reverse(2))), 2);
    return plain.add(mirrored).div<tf.Tensor2D>(2); // [n, 128]
  });
  try {
    return await descriptors.array();
  } finally {
    descriptors.dispose();
  }
}

/**
 * Describes the faces of photos that show one where the frame says, such as a data set's; where exactly, two looks find out.
 * Memory holds one batch beside the descriptors.
 * @param photos readable photos; their order is kept
 * @param frame  of that data set
 * @returns      128 numbers for each
 * @throws       InputError where a photo can't be read; Stopped where a notebook's user stopped it
 * @example      const descriptors = await describePhotos(trainPhotos, classifier.frame);
 */
export function describePhotos(
  photos: readonly SeenPhoto[],
  frame: FaceFrame,
  options: BatchWorkOptions = {},
): Promise<number[][]> {
  const read = async ({ file, view = PLAIN_VIEW }: SeenPhoto): Promise<RgbPhoto> =>
    drawView(await fitToFrame(await decodePhoto(file), frame), frame.height, frame.width, view);
  const describe = async (batch: RgbPhoto[]): Promise<number[][]> => {
    const located: AlignedFace[] = [];
    for (const aligned of batch) located.push({ aligned, points: await pointsNear(aligned, frame) });
    return describeFaces(located);
  };
  return workInBatches(photos, read, describe, 'faces', options);
}

/**
 * The landmarks of a face that is aligned already: where the frame says, and then nearer.
 * @param aligned in the frame's size
 * @param frame   of the data set
 * @returns       in pixels of the photo; the frame's own where what was found there can't be a face
 */
export async function pointsNear(aligned: RgbPhoto, frame: Frame): Promise<FivePoints> {
  const points = await lookAgain(aligned, await lookAgain(aligned, frame.points));
  return isPlausible(points) ? points : frame.points;
}
