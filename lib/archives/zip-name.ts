/** Names in zip archives, which say of themselves at most whether they are UTF-8. */

import { isUtf8 } from 'node:buffer';

// Code page 437 from 0x80 on, what DOS and Windows Explorer write names in.
// Source: Unicode Consortium, MAPPINGS/VENDORS/MICSFT/PC/CP437.TXT, table version 2.00.
const UPPER_437 = [
  'ÇüéâäàåçêëèïîìÄÅ',
  'ÉæÆôöòûùÿÖÜ¢£¥₧ƒ',
  'áíóúñÑªº¿⌐¬½¼¡«»',
  '░▒▓│┤╡╢╖╕╣║╗╝╜╛┐',
  '└┴┬├─┼╞╟╚╔╩╦╠═╬╧',
  '╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀',
  'αßΓπΣσµτΦΘΩδ∞φε∩',
  '≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0',
].join('');

/**
 * Decodes an entry's name. Many programs write UTF-8 without saying so, so it is taken for UTF-8 where it can be that.
 * @param bytes       the name as it lies in the archive
 * @param saidToBeUtf8 general purpose bit 11 of the entry
 * @returns           UTF-8 decoded; code page 437 where the bytes aren't UTF-8 and aren't said to be
 * @source            PKWARE, APPNOTE.TXT 6.3.10, appendix D
 * @example           decodeZipName(Buffer.from([0x47, 0x72, 0x81, 0x6e]), false) // 'Grün'
 */
export function decodeZipName(bytes: Buffer, saidToBeUtf8: boolean): string {
  const name = bytes.toString('utf8');
  // Looked for first, because nearly all names are sound and the check of the bytes takes longer.
  if (saidToBeUtf8 || !name.includes('\ufffd') || isUtf8(bytes)) return name;
  return Array.from(bytes, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : UPPER_437[byte - 0x80])).join('');
}
