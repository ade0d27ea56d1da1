/** A trained model kept with all that one must know to use it. */

export type { Calibration, ClassifierDescription, FaceFrame, Point } from './classifier-description';
export { fingerprintOfClassifier } from './classifier-files';
export {
  checkFirstClassifier,
  forgetImproved,
  keepClassifier,
  loadFirstClassifier,
  loadImprovedClassifier,
} from './kept-classifier';
export { amendClassifier, loadClassifier, saveClassifier, type SavedClassifier } from './saved-classifier';
