import type { ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime';
import { counter } from '../../http/answer-body';
import { readBytes } from './bedrock-bytes';
import { BedrockFailure, streamFailure } from './bedrock-failure';
import { CHECKSUM, type FrameHeaders, frameSize, PRELUDE, payloadStart, readHeaders } from './frame';

/**
 * The events of a stream in AWS's binary form, in batches: all that a piece of the body completes.
 *
 * @throws BedrockFailure with the name of an exception in the stream; another error if a frame is broken or the stream is too long
 */
export async function* eventsOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<readonly ConverseStreamOutput[]> {
  let rest: Buffer = Buffer.alloc(0);
  const count = counter();
  const reader = new EventReader();
  for await (const piece of body) {
    count(piece);
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    const events: ConverseStreamOutput[] = [];
    let start = 0;
    try {
      for (let size = frameSize(rest, start); size !== undefined; size = frameSize(rest, start)) {
        events.push(reader.read(rest.subarray(start, start + size)));
        start += size;
      }
    } catch (error) {
      // What the model said before the failure is passed on.
      if (events.length > 0) yield events;
      throw error;
    }
    rest = rest.subarray(start);
    if (events.length > 0) yield events;
  }
  if (rest.length > 0) throw new Error('the stream ends within an event');
}

/** Reads the frames of one stream. Most of its frames have the same headers, which are read once. */
class EventReader {
  private readonly known = new Map<string, FrameHeaders>();

  /** One event under its type, in the AWS SDK's form. */
  public read(frame: Buffer): ConverseStreamOutput {
    const start = payloadStart(frame);
    const end = frame.length - CHECKSUM;
    const { kind, type } = this.headers(frame.toString('latin1', PRELUDE, start));
    if (kind === 'error') throw new BedrockFailure(type);
    const payload = frame.toString('utf8', start, end);
    if (kind === 'exception') throw streamFailure(type, payload);
    const value = JSON.parse(payload);
    if (value.delta?.reasoningContent) readBytes(value.delta.reasoningContent);
    return { [type]: value } as unknown as ConverseStreamOutput;
  }

  private headers(text: string): FrameHeaders {
    const known = this.known.get(text);
    if (known !== undefined) return known;
    const read = readHeaders(Buffer.from(text, 'latin1'));
    this.known.set(text, read);
    return read;
  }
}
