/** Faces: found in any photo, aligned as in the training photos, answered or not. */

export { faultOf } from './abstain';
export { alignedPoints, alignFace, fitToFrame, type Frame } from './align-face';
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
export { describeFaces, describePhotos, type AlignedFace, type SeenPhoto } from './describe-faces';
export { DESCRIPTOR_LENGTH } from './descriptor-graph';
export type { Box, DetectedFace } from './detect-faces';
export { drawThrough } from './draw-through';
export {
  loadDescriptorNetwork,
  loadFaceNetworks,
  loadGenderNetwork,
  type DescriptorNetwork,
  type FaceNetworks,
  type GenderNetwork,
} from './face-api';
export { loadFaceFinder, type FaceFinder, type FoundFace } from './face-finder';
export { turnOf } from './face-shape';
export type { FivePoints } from './find-landmarks';
export { firstWithFace } from './first-with-face';
export { measureFrame, type MeasureFrameOptions } from './measure-frame';
export { edgeLayout, likenessOf, sharpnessOf } from './photo-looks';
export { READ_WHOLE, readPhoto, type ReadFace, type Reading, type ReadPhoto } from './reading';
export { linearOf, opinionOn, type LinearClassifier } from './second-opinion';
export { applySimilarity, fitSimilarity, invertSimilarity, type Similarity } from './similarity';
