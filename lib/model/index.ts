/** A trained model kept with all that one must know to use it. */

export { loadClassifier, saveClassifier, type ClassifierDescription, type SavedClassifier } from './saved-classifier';
