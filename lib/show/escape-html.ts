/** Text inside HTML and SVG. */

/**
 * Text as HTML and SVG show it, whatever characters it holds.
 * @example escapeHtml('a < b') // 'a &#60; b'
 */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
