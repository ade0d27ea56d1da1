/** A trained model kept with all that one must know to use it. */

export type { ClassifierDescription } from './classifier-description';
export { loadClassifier, saveClassifier, type SavedClassifier } from './saved-classifier';
