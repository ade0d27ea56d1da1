/** The project around the notebooks: its folders, the settings of a run, the report it leaves. */

export { isInside } from './is-inside';
export { checkOutputsPlace, realOutputs, realPlace, refusedOutputs } from './outputs-place';
export { projectPath, usersPath } from './paths';
export { forgetResults, readReport, updateReport, type Report } from './report';
export { isPartOfRun, lockForTraining, lockOutputs } from './run-lock';
export { settingFacts, settingRows, type SettingRow } from './setting-rows';
export { shownPath } from './shown-path';
export { readSettings, type Settings } from './settings';
