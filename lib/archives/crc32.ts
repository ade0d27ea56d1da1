/** CRC-32, which zip archives keep of each entry; Node has one of its own from 20.15 on. */

// The polynomial of ISO 3309, its bits in reverse.
const POLYNOMIAL = 0xedb88320;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? POLYNOMIAL ^ (value >>> 1) : value >>> 1;
  return value;
});

/**
 * CRC-32 of bytes, which may come in pieces.
 * @param bytes  all, or the next piece
 * @param before the CRC-32 of the pieces before it; default none
 * @returns      0 to 4,294,967,295
 * @example      crc32(Buffer.from('123456789')).toString(16) // 'cbf43926'
 */
export function crc32(bytes: Uint8Array, before = 0): number {
  let value = before ^ 0xffffffff;
  for (let i = 0; i < bytes.length; i++) value = TABLE[(value ^ bytes[i]) & 0xff] ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}
