/** NumPy's random numbers of before version 1.17, in which scikit-learn still splits. */

const SIZE = 624;
const MIDDLE = 397;

/**
 * The numbers of `numpy.random.RandomState(seed)`: the Mersenne Twister MT19937, and permutations as NumPy draws them.
 * @source M. Matsumoto, T. Nishimura, ACM Trans. Model. Comput. Simul. 8 (1998), 3-30; seeding as their mt19937ar.c of 2002;
 *         numpy/random/src/distributions/distributions.c (random_interval), numpy/random/mtrand.pyx (shuffle)
 */
export class NumpyRandom {
  private readonly state = new Uint32Array(SIZE);
  private position = SIZE;

  /** @param seed a whole number, 0 to 2^32 - 1 */
  constructor(seed: number) {
    this.state[0] = seed;
    for (let i = 1; i < SIZE; i++) {
      const before = this.state[i - 1];
      this.state[i] = Math.imul(1812433253, before ^ (before >>> 30)) + i;
    }
  }

  /**
   * The next 32 bits.
   * @example new NumpyRandom(0).uint32() // 2357136044
   */
  uint32(): number {
    if (this.position === SIZE) this.twist();
    let bits = this.state[this.position++];
    bits ^= bits >>> 11;
    bits ^= (bits << 7) & 0x9d2c5680;
    bits ^= (bits << 15) & 0xefc60000;
    return (bits ^ (bits >>> 18)) >>> 0;
  }

  /**
   * The numbers from 0 to `count - 1` in a random order, as `RandomState.permutation(count)` gives them.
   * @param count a whole number, 0 to 2^32 - 1
   * @example     new NumpyRandom(0).permutation(5) // [2, 0, 1, 3, 4]
   */
  permutation(count: number): number[] {
    const order = Array.from({ length: count }, (_, i) => i);
    for (let i = count - 1; i > 0; i--) {
      const j = this.upTo(i);
      [order[i], order[j]] = [order[j], order[i]];
    }
    return order;
  }

  /** A whole number from 0 to `most`: bits are drawn until they are no larger, so that none is more likely. */
  private upTo(most: number): number {
    const mask = 0xffffffff >>> Math.clz32(most);
    let value = (this.uint32() & mask) >>> 0;
    while (value > most) value = (this.uint32() & mask) >>> 0;
    return value;
  }

  private twist(): void {
    const { state } = this;
    for (let i = 0; i < SIZE; i++) {
      const bits = (state[i] & 0x80000000) | (state[(i + 1) % SIZE] & 0x7fffffff);
      state[i] = state[(i + MIDDLE) % SIZE] ^ (bits >>> 1) ^ (bits & 1 ? 0x9908b0df : 0);
    }
    this.position = 0;
  }
}
