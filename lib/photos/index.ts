/** Photos: decoded, checked, prepared as a network expects them, and flowing in batches. */

export { photoBatches, type BatchOptions, type PhotoBatch } from './batches';
export type { CheckedPhotos, Reject } from './check';
export { decodePhoto, type RgbPhoto } from './decode';
export { duplicatesSentence, findDuplicates, type Duplicates, type DuplicatesOptions } from './duplicates';
export { greyPixels } from './grey-pixels';
export { surveyPhotos, type PhotoSurvey, type SizeCount, type SurveyOptions } from './photo-sizes';
export { encodeJpeg } from './encode';
export { firstReadable } from './first-readable';
export { readPhotoBytes } from './photo-bytes';
export type { Degradation } from './degrade';
export { DEGRADED_VIEWS } from './degraded-views';
export { MOVED_VIEWS } from './moved-views';
export { ARTICLE_FORMAT, formatOf, type PhotoFormat } from './photo-format';
export { photosDigest } from './photos-digest';
export { preparePhoto, preprocessPhoto } from './prepare';
export { rejectsSentence, rejectsTable, writeRejects, type RejectReason } from './rejects';
export { readableExamples } from './readable-examples';
export { resizeNearest } from './resize-nearest';
export { resizeSmooth } from './resize-smooth';
export { drawView, MIRRORED_VIEW, PLAIN_VIEW, type PhotoView } from './view';
export { spreadViews, type ViewPlan } from './spread-views';
export { selectReadable, type SelectReadableOptions } from './select-readable';
export { thumbnail, type Thumbnail } from './thumbnail';
export { turnedPhoto } from './turned-photo';
export type { BatchWorkOptions } from './work-in-batches';
