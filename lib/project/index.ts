/** The project around the notebooks: its folders, the settings of a run, the report it leaves. */

export { projectPath } from './paths';
export { readReport, updateReport, type Report } from './report';
export { readSettings, type Settings } from './settings';
