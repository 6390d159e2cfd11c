import type { ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime';
import { EventStreamCodec } from '@smithy/core/event-streams';
import { counter } from '../../http/answer-body';
import { readBytes } from './bedrock-bytes';
import { BedrockFailure } from './bedrock-failure';

const codec = new EventStreamCodec(
  (bytes) => (typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString()),
  (text) => Buffer.from(text),
);

/** The least that a frame consists of, and more than any holds. */
const [MIN_FRAME, MAX_FRAME] = [16, 32 * 2 ** 20];

/**
 * The events of a stream in AWS's binary form.
 *
 * @throws BedrockFailure by the name of an exception within the stream; another error when a frame is broken or the stream too long
 */
export async function* eventsOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<ConverseStreamOutput> {
  let rest = Buffer.alloc(0);
  const count = counter();
  for await (const piece of body) {
    count(piece);
    rest = rest.length === 0 ? Buffer.from(piece) : Buffer.concat([rest, piece]);
    for (let size = frameSize(rest); size !== undefined; size = frameSize(rest)) {
      yield toEvent(rest.subarray(0, size));
      rest = rest.subarray(size);
    }
  }
  if (rest.length > 0) throw new Error('a stream that ends within an event');
}

/** How long the first frame is; none when not all of it has come. */
function frameSize(bytes: Buffer): number | undefined {
  if (bytes.length < 4) return undefined;
  const size = bytes.readUInt32BE(0);
  if (size < MIN_FRAME || size > MAX_FRAME) throw new Error('a stream that holds no events');
  return size <= bytes.length ? size : undefined;
}

/** One event by its type, as the AWS SDK gives it. */
function toEvent(frame: Uint8Array): ConverseStreamOutput {
  const { headers, body } = codec.decode(frame);
  const named = (name: string) => String(headers[name]?.value ?? '');
  const kind = named(':message-type');
  if (kind === 'error') throw new BedrockFailure(named(':error-code'));
  if (kind === 'exception') {
    const type = named(':exception-type');
    // The name in the protocol begins with a small letter, that of the error with a capital one.
    throw new BedrockFailure(type.charAt(0).toUpperCase() + type.slice(1));
  }
  const payload = JSON.parse(Buffer.from(body).toString());
  if (payload.delta?.reasoningContent) readBytes(payload.delta.reasoningContent);
  return { [named(':event-type')]: payload } as unknown as ConverseStreamOutput;
}
