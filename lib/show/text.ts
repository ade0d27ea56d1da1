/** Text in the notebook, plain or as Markdown. */

import { showBundle } from './kernel';

/**
 * Shows text as it is.
 * @param text any number of lines
 */
export function text(text: string): void {
  showBundle({ data: { 'text/plain': text } });
}

/**
 * Shows text as Markdown.
 * @param text Markdown source
 * @example    show.markdown('**98.3 %** of the test photos')
 */
export function markdown(text: string): void {
  showBundle({ data: { 'text/markdown': text, 'text/plain': text } });
}
