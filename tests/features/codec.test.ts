import assert from 'node:assert/strict';
import { test } from 'node:test';
import { features } from 'celeba-lab';

function bitsOf(values: Float32Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, values.length);
}

test('decodeFeatures gives back every bit, also of -0, NaN, infinities and subnormal numbers', () => {
  const values = new Float32Array([
    0,
    -0,
    1.5,
    NaN,
    Infinity,
    -Infinity,
    1e-42,
    0,
    0,
    -3,
    ...new Array<number>(40).fill(0),
    7,
  ]);
  const decoded = features.decodeFeatures(features.encodeFeatures(values), values.length);
  assert.deepEqual(bitsOf(decoded), bitsOf(values));
});

test('encodeFeatures needs at most a third of the raw size where three quarters are 0', () => {
  const values = Float32Array.from({ length: 11 * 13 * 512 }, (_, i) => (i % 4 === 0 ? Math.sqrt(i + 1) : 0));
  assert.ok(features.encodeFeatures(values).length <= (values.length * 4) / 3);
});

test('encodeFeatures of a part of a longer array encodes that part only', () => {
  const part = new Float32Array([9, 9, 0, 2, 0]).subarray(2);
  assert.deepEqual(features.decodeFeatures(features.encodeFeatures(part), 3), new Float32Array([0, 2, 0]));
});

test('decodeFeatures says so when bytes are missing', () => {
  const encoded = features.encodeFeatures(new Float32Array([1, 2, 3]));
  assert.throws(() => features.decodeFeatures(encoded.slice(0, 12), 3), /found 12 bytes, expected 16 for 3 values/);
});

test('decodeFeatures says so when there are bytes too many', () => {
  const encoded = features.encodeFeatures(new Float32Array([1, 2, 3]));
  const longer = Uint8Array.of(...encoded, 0, 0, 0, 0);
  assert.throws(() => features.decodeFeatures(longer, 3), /found 20 bytes, expected 16 for 3 values/);
});

test('decodeFeatures reads bytes wherever they begin', () => {
  const encoded = features.encodeFeatures(new Float32Array([0, 2, 0]));
  for (const start of [1, 2, 3]) {
    const place = new Uint8Array(encoded.length + start).subarray(start);
    place.set(encoded);
    assert.deepEqual(features.decodeFeatures(place, 3), new Float32Array([0, 2, 0]));
  }
});

test('decodeFeatures puts zeros in the place of what a target held before', () => {
  const encoded = features.encodeFeatures(new Float32Array([0, 2, 0]));
  const target = Float32Array.of(9, 9, 9);
  assert.equal(features.decodeFeatures(encoded, 3, target), target);
  assert.deepEqual(target, new Float32Array([0, 2, 0]));
});
