/**
 * What the AWS Encryption SDK uses of bn.js: a length as eight bytes, the most significant first. In its place, the bundles have this file: bn.js
 * is 45 KB in each bundle that encrypts. The SDK's other use, of curves, isn't in the bundles.
 */
export default class EightBytes {
  private readonly value: bigint;

  /** @param value a length, or its bytes */
  constructor(value: number | readonly number[]) {
    if (typeof value !== 'number') this.value = value.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
    else if (Number.isSafeInteger(value) && value >= 0) this.value = BigInt(value);
    else throw new RangeError(`a length must be a whole number from 0 to 2^53 - 1, got ${value}`);
  }

  public toArray(order: string, length: number): number[] {
    if (order !== 'be' || length !== 8)
      throw new TypeError(`lengths are written as 8 bytes, 'be', got ${length}, '${order}'`);
    return Array.from({ length }, (_, at) => Number((this.value >> BigInt(8 * (length - 1 - at))) & 0xffn));
  }

  /** @throws RangeError if a number can't hold it, as bn.js does: a message that says so is refused */
  public toNumber(): number {
    if (this.value > BigInt(Number.MAX_SAFE_INTEGER))
      throw new RangeError(`a length has more than 53 bits: ${this.value}`);
    return Number(this.value);
  }
}
