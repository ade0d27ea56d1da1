/** A value as it stands in a line of a CSV file. */

/**
 * Quotes a value where it has to be: where it holds a comma, a quote or a line end.
 * @param value text or number
 * @source      RFC 4180
 * @example     csvCell('a "b", c') // '"a ""b"", c"'
 */
export function csvCell(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
