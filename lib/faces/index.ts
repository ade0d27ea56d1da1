/** Faces: found in any photo, aligned as in the training photos, answered or not. */

export { faultOf } from './abstain';
export { alignFace, fitToFrame, type Frame } from './align-face';
export {
  answerAllPhotos,
  answerPhoto,
  answerPhotos,
  type AnsweredPhoto,
  type AnswerOptions,
  type FaceAnswer,
  type FaceClassifier,
  type PhotoAnswer,
} from './answer-photo';
export type { Box, DetectedFace } from './detect-faces';
export { drawThrough } from './draw-through';
export { loadFaceNetworks, loadGenderNetwork, type FaceNetworks, type GenderNetwork } from './face-api';
export { loadFaceFinder, type FaceFinder, type FoundFace } from './face-finder';
export { turnOf } from './face-shape';
export type { FivePoints } from './find-landmarks';
export { measureFrame, type MeasureFrameOptions } from './measure-frame';
export { edgeLayout, likenessOf, sharpnessOf } from './photo-looks';
export { READ_WHOLE, readPhoto, type ReadFace, type Reading, type ReadPhoto } from './reading';
export { applySimilarity, fitSimilarity, invertSimilarity, type Similarity } from './similarity';
