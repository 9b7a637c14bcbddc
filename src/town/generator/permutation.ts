function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

function inverseModulo(value: number, modulus: number): number {
  let [oldR, r, oldS, s] = [value % modulus, modulus, 1, 0];
  while (r !== 0) {
    const quotient = Math.floor(oldR / r);
    [oldR, r] = [r, oldR - quotient * r];
    [oldS, s] = [s, oldS - quotient * s];
  }
  return ((oldS % modulus) + modulus) % modulus;
}

/** An affine permutation of [0, size), with its inverse: scatters without a table. Sizes below 2²². */
export class Permutation {
  private readonly factor: number;
  private readonly back: number;
  private readonly shift: number;

  constructor(
    readonly size: number,
    salt: number,
  ) {
    let factor = (Math.floor(size * 0.6180339887) + (salt % 1009)) % size || 1;
    while (greatestCommonDivisor(factor, size) !== 1) factor += 1;
    this.factor = factor;
    this.back = inverseModulo(factor, size);
    this.shift = salt % size;
  }

  at(index: number): number {
    return (index * this.factor + this.shift) % this.size;
  }

  inverse(value: number): number {
    return (((((value - this.shift) % this.size) + this.size) % this.size) * this.back) % this.size;
  }
}
