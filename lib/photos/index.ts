/** Photos: decoded, checked, prepared as a network expects them, and flowing in batches. */

export { decodePhoto, type RgbPhoto } from './decode';
export { ARTICLE_FORMAT, TRUE_SHAPE_FORMAT, type PhotoFormat } from './photo-format';
export { preparePhoto, scalePixels } from './prepare';
export { resizeNearest } from './resize-nearest';
export { thumbnail, type Thumbnail } from './thumbnail';
