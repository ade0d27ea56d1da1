/** A lossless code for feature maps after ReLU, where most values are exactly 0: one bit a value, then the others whole. */

import { InputError } from '../errors';

/**
 * Packs floats bit for bit: a bitmap of what isn't 0, then those values. A quarter to a third of the raw size for VGG16.
 * @param values float32 values of any kind; only the all-zero bit pattern is left out, so -0 and NaN survive
 * @returns      ceil(n / 8) bytes rounded up to a multiple of 4, then 4 bytes a non-zero value, little-endian
 * @example      encodeFeatures(new Float32Array([0, 1.5, 0, 0])).length // 8
 */
export function encodeFeatures(values: Float32Array): Uint8Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  let present = 0;
  for (let i = 0; i < bits.length; i++) if (bits[i] !== 0) present++;
  const encoded = new Uint32Array(bitmapWords(values.length) + present);
  let next = bitmapWords(values.length);
  for (let i = 0; i < bits.length; i++) {
    if (bits[i] === 0) continue;
    encoded[i >>> 5] |= 1 << (i & 31);
    encoded[next++] = bits[i];
  }
  return new Uint8Array(encoded.buffer);
}

/**
 * The inverse of `encodeFeatures`.
 * @param encoded what `encodeFeatures` returned
 * @param length  how many values it was made from
 * @param target  where to put them; default a new array
 * @returns       `target`, float32 [length]
 * @throws        InputError where the bytes don't hold that many values
 * @example       decodeFeatures(encodeFeatures(new Float32Array([0, 1.5])), 2) // Float32Array [0, 1.5]
 */
export function decodeFeatures(
  encoded: Uint8Array,
  length: number,
  target: Float32Array = new Float32Array(length),
): Float32Array {
  const words = aligned(encoded);
  const bitmap = bitmapWords(length);
  const bits = new Uint32Array(target.buffer, target.byteOffset, length);
  let next = bitmap;
  bits.fill(0);
  for (let word = 0; word < bitmap; word++) {
    // From one bit that is set to the next: most are not.
    for (let left = words[word]; left !== 0; left &= left - 1) {
      bits[32 * word + 31 - Math.clz32(left & -left)] = words[next++];
    }
  }
  if (next !== words.length) {
    throw new InputError({
      where: 'encoded features',
      found: `${words.length * 4} bytes`,
      expected: `${next * 4} for ${length} values`,
      remedy: 'Delete outputs/features and run again',
    });
  }
  return target;
}

function bitmapWords(length: number): number {
  return Math.ceil(length / 32);
}

// Typed arrays of 4-byte words must start at a multiple of 4, a slice of a file's buffer may not.
function aligned(bytes: Uint8Array): Uint32Array {
  const whole = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  return new Uint32Array(whole.buffer, whole.byteOffset, Math.floor(whole.byteLength / 4));
}
