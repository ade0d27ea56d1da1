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
 * Shows text as Markdown; as plain text beside it, signs that are written by their number (`&#42;`) stand as themselves.
 * @param text Markdown source
 * @example    show.markdown('**98.3 %** of the test photos')
 */
export function markdown(text: string): void {
  const plain = text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
  showBundle({ data: { 'text/markdown': text, 'text/plain': plain } });
}
