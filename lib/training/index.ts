/** Training: the settings that depend on the number of steps. */

export { recipeFor, type Recipe } from './recipe';
