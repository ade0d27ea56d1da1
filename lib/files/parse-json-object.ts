/** JSON as a training writes it, which may have been cut off. */

/**
 * Parses a JSON object. JSON has no NaN, which a training may come to: it was written as null, and null is read as NaN.
 * @returns undefined where the text is something else
 * @example parseJsonObject('{"loss": null}') // { loss: NaN }
 */
export function parseJsonObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text, (_key, part: unknown) => (part === null ? NaN : part));
    return typeof value === 'object' && !Array.isArray(value) ? (value as object) : undefined;
  } catch {
    return undefined;
  }
}
