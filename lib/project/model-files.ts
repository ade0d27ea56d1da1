/** What a saved model's folder holds. */

/** The saved model for Keras in Python; Node never reads it. */
export const KERAS_FILE = 'best_model.h5';

/** Files of a saved model: as TensorFlow.js names them, and Keras's. */
export const MODEL_FILES = ['model.json', 'weights.bin', KERAS_FILE] as const;

/** The file beside them that says what they are. */
export const DESCRIPTION_FILE = 'classifier.json';
