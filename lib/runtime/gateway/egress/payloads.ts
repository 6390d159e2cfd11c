import { CHECKSUM, frameSize, PRELUDE, payloadStart, readHeaders } from '../bedrock/frame';
import { EgressFailure } from './egress-failure';

/**
 * The bytes that a function wrote, from the events in which Lambda passes them on.
 *
 * @throws EgressFailure if the function failed; another error if an event is broken or the stream ends without saying that all of it came
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_InvokeWithResponseStream.html
 */
export async function* payloadsOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let rest: Buffer = Buffer.alloc(0);
  let isComplete = false;
  for await (const piece of body) {
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    for (let size = frameSize(rest, 0); size !== undefined; size = frameSize(rest, 0)) {
      const frame = rest.subarray(0, size);
      rest = rest.subarray(size);
      const start = payloadStart(frame);
      const { kind, type } = readHeaders(frame.subarray(PRELUDE, start));
      const payload = frame.subarray(start, size - CHECKSUM);
      // An exception, or an error.
      if (kind !== 'event') throw new EgressFailure('EgressFailed');
      if (type === 'PayloadChunk') yield payload;
      if (type !== 'InvokeComplete') continue;
      // What the function had written until it failed isn't the whole.
      if (hasFailed(payload)) throw new EgressFailure('EgressFailed');
      isComplete = true;
    }
  }
  if (!isComplete) throw Object.assign(new Error('an answer that was cut off'), { code: 'ECONNRESET' });
}

function hasFailed(complete: Buffer): boolean {
  const value: unknown = complete.length === 0 ? {} : JSON.parse(complete.toString());
  return (value as { ErrorCode?: unknown }).ErrorCode !== undefined;
}
