/** The state of an unfinished training: what it depends on, what it must remember, where that is kept. */

export { changedFacts, type RunFacts } from './facts';
export { loadOptimizer, loadWeights, modelFacts, optimizerState, startingPoint, weightsState } from './model-state';
export { factsOf, isStateful, type Described, type PartState, type Stateful } from './part-state';
export { dropDone, RunStore, stateFolders, type RunState } from './run-store';
