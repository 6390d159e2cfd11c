import fc from 'fast-check';
import EightBytes from '@/scripts/eight-bytes';

const lengths = fc.oneof(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), fc.nat(70_000));

const bytesOf = (length: bigint): number[] => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(length);
  return [...bytes];
};

test('a length has the eight bytes that Node writes', () => {
  fc.assert(
    fc.property(lengths, (length) => {
      expect(new EightBytes(length).toArray('be', 8)).toEqual(bytesOf(BigInt(length)));
    }),
  );
});

test('eight bytes are the number that Node reads, and those that no number can hold are refused', () => {
  const all = fc.oneof(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), lengths.map(BigInt));
  fc.assert(
    fc.property(all, (length) => {
      const read = () => new EightBytes(bytesOf(length)).toNumber();
      if (length <= BigInt(Number.MAX_SAFE_INTEGER)) expect(read()).toBe(Number(length));
      else expect(read).toThrow('more than 53 bits');
    }),
  );
  expect(new EightBytes(bytesOf(2n ** 53n - 1n)).toNumber()).toBe(Number.MAX_SAFE_INTEGER);
  expect(() => new EightBytes(bytesOf(2n ** 53n)).toNumber()).toThrow('more than 53 bits');
});

test.each([-1, 0.5, 2 ** 53, Number.NaN])('the length %p is refused', (length) => {
  expect(() => new EightBytes(length)).toThrow(RangeError);
});

test('another order or number of bytes is refused', () => {
  expect(() => new EightBytes(1).toArray('le', 8)).toThrow("'le'");
  expect(() => new EightBytes(1).toArray('be', 4)).toThrow('got 4');
});
