import type { ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime';
import { EventStreamCodec } from '@smithy/core/event-streams';
import { counter } from '../../http/answer-body';
import { readBytes } from './bedrock-bytes';
import { BedrockFailure, streamFailure } from './bedrock-failure';

const codec = new EventStreamCodec(
  (bytes) => (typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString()),
  (text) => Buffer.from(text),
);

/** The minimum size of a frame, and a size that no frame exceeds. */
const [MIN_FRAME, MAX_FRAME] = [16, 32 * 2 ** 20];

/**
 * The events of a stream in AWS's binary form.
 *
 * @throws BedrockFailure with the name of an exception in the stream; another error if a frame is broken or the stream is too long
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
  if (rest.length > 0) throw new Error('the stream ends within an event');
}

/** The size of the first frame; undefined until all of it has arrived. */
function frameSize(bytes: Buffer): number | undefined {
  if (bytes.length < 4) return undefined;
  const size = bytes.readUInt32BE(0);
  if (size < MIN_FRAME || size > MAX_FRAME) throw new Error("the stream doesn't consist of events");
  return size <= bytes.length ? size : undefined;
}

/** One event under its type, in the AWS SDK's form. */
function toEvent(frame: Uint8Array): ConverseStreamOutput {
  const { headers, body } = codec.decode(frame);
  const named = (name: string) => String(headers[name]?.value ?? '');
  const kind = named(':message-type');
  if (kind === 'error') throw new BedrockFailure(named(':error-code'));
  if (kind === 'exception') throw streamFailure(named(':exception-type'), Buffer.from(body).toString());
  const payload = JSON.parse(Buffer.from(body).toString());
  if (payload.delta?.reasoningContent) readBytes(payload.delta.reasoningContent);
  return { [named(':event-type')]: payload } as unknown as ConverseStreamOutput;
}
