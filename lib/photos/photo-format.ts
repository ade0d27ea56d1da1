/** The shape and the scale in which a network gets its photos; kept with every saved model. */

/** How a photo becomes numbers. */
export interface PhotoFormat {
  /** Rows, in pixels. */
  height: number;
  /** Columns, in pixels. */
  width: number;
  /** Blue, green, red: the order in which VGG16's weights were trained. */
  channelOrder: 'bgr';
  /** Subtracted from blue, green and red, on the scale of 0 to 255. */
  means: [number, number, number];
  /** How pixels are chosen when the size changes; `resizeNearest` says exactly which. */
  interpolation: 'nearest';
}

// Keras's "caffe" mode: the mean colour of ImageNet's training photos, blue first, not divided by anything.
const IMAGENET_MEANS: [number, number, number] = [103.939, 116.779, 123.68];

/** The article's input: (178, 218) is [height, width], so CelebA's photos, 218 high and 178 wide, are squeezed. */
export const ARTICLE_FORMAT: PhotoFormat = {
  height: 178,
  width: 218,
  channelOrder: 'bgr',
  means: IMAGENET_MEANS,
  interpolation: 'nearest',
};

/** CelebA's true shape: no pixel of an aligned photo is moved. */
const TRUE_SHAPE_FORMAT: PhotoFormat = { ...ARTICLE_FORMAT, height: 218, width: 178 };

/**
 * The format that the setting SHAPE names.
 * @param shape `article` or `true`, as `readSettings` gives it
 * @returns     the shape for VGG16 is then [height, width, 3] of it
 * @example     photos.formatOf(settings.shape).height // 178
 */
export function formatOf(shape: 'article' | 'true'): PhotoFormat {
  return shape === 'true' ? TRUE_SHAPE_FORMAT : ARTICLE_FORMAT;
}
