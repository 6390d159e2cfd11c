import type { MessageHeaders } from '@smithy/core/event-streams';
import { EventStreamCodec, Int64 } from '@smithy/core/event-streams';
import * as fc from 'fast-check';
import { CHECKSUM, PRELUDE, payloadStart, readHeaders } from '@/lib/runtime/gateway/bedrock/frame';

const codec = new EventStreamCodec(
  (bytes) => (typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString()),
  (text) => Buffer.from(text),
);
const read = (frame: Buffer) => {
  const start = payloadStart(frame);
  return { ...readHeaders(frame.subarray(PRELUDE, start)), payload: frame.subarray(start, frame.length - CHECKSUM) };
};

const header = fc.oneof(
  fc.boolean().map((value) => ({ type: 'boolean', value })),
  fc.integer({ min: -128, max: 127 }).map((value) => ({ type: 'byte', value })),
  fc.integer({ min: -32_768, max: 32_767 }).map((value) => ({ type: 'short', value })),
  fc.integer().map((value) => ({ type: 'integer', value })),
  fc.maxSafeInteger().map((value) => ({ type: 'long', value: Int64.fromNumber(value) })),
  fc.uint8Array().map((value) => ({ type: 'binary', value })),
  fc.string({ unit: 'grapheme' }).map((value) => ({ type: 'string', value })),
  fc
    .date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') })
    .map((value) => ({ type: 'timestamp', value })),
  fc.uuid().map((value) => ({ type: 'uuid', value })),
);
const kinds = { event: ':event-type', exception: ':exception-type', error: ':error-code' } as const;
const frames = fc
  .record({
    kind: fc.constantFrom<keyof typeof kinds>('event', 'exception', 'error'),
    type: fc.string({ unit: 'grapheme' }),
    others: fc.dictionary(fc.stringMatching(/^[a-z-]{1,20}$/), header),
    payload: fc.uint8Array(),
  })
  .map(({ kind, type, others, payload }) => {
    const headers = {
      ...others,
      ':message-type': { type: 'string', value: kind },
      [kinds[kind]]: { type: 'string', value: type },
    };
    return {
      kind,
      type,
      payload,
      frame: Buffer.from(codec.encode({ headers: headers as MessageHeaders, body: payload })),
    };
  });

test('a frame that the AWS SDK wrote is read, whatever its headers', () => {
  fc.assert(
    fc.property(frames, ({ kind, type, payload, frame }) => {
      expect(read(frame)).toEqual({ kind, type, payload: Buffer.from(payload) });
    }),
    { numRuns: 200 },
  );
});

test('a frame with any changed byte is refused', () => {
  const places = frames.chain((made) =>
    fc.record({ made: fc.constant(made), at: fc.nat(made.frame.length - 1), by: fc.integer({ min: 1, max: 255 }) }),
  );
  fc.assert(
    fc.property(places, ({ made: { frame }, at, by }) => {
      const changed = Buffer.from(frame);
      changed.writeUInt8(changed.readUInt8(at) ^ by, at);
      expect(() => payloadStart(changed)).toThrow('changed on its way');
    }),
    { numRuns: 200 },
  );
});

test.each<[string, number[]]>([
  ['of an unknown type', [1, 0x61, 10]],
  ['that is cut off', [1, 0x61, 7, 0, 9, 0x62]],
  ['without a type', [1, 0x61]],
])('headers with one %s are refused', (_, bytes) => {
  expect(() => readHeaders(Buffer.from(bytes))).toThrow();
});
