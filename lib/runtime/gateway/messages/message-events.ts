import { batchesOf } from '../../http/stream/batches';
import { malformedOutput } from '../converse/answer-error';
import type { ModelEvent } from '../converse/model-event';
import { AnswerBlocks, type BlockStep } from './answer-blocks';
import { type MessageAbout, messageOf, NO_USAGE, stopOf, toUsage } from './message';

/** Keeps the connection open while there is no other event. */
export const PING = eventOf({ type: 'ping' });

/** One event of a stream. */
export function eventOf<T extends { readonly type: string }>(data: T): string {
  return `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** The events of a streamed message; those that arrived together in one text. Usage comes last, because Bedrock counts at the end; then it covers the whole answer. */
export async function* toMessageEvents(events: AsyncIterable<ModelEvent>, about: MessageAbout): AsyncGenerator<string> {
  const blocks = new AnswerBlocks(about.showsReasoning);
  let index = -1;
  let isCallOpened = false;
  let end: Extract<ModelEvent, { type: 'end' }> = { type: 'end', finish: 'stop' };
  let usage = NO_USAGE;
  yield eventOf({ type: 'message_start', message: messageOf(about) });
  for await (const batch of batchesOf(events)) {
    let text = '';
    for (const event of batch) {
      if (event.type === 'tool-call') isCallOpened = true;
      else if (event.type === 'tool-arguments' && isCallOpened && /\S/.test(event.delta)) {
        isCallOpened = false;
        // A client would parse them to a value that no tool takes.
        if (!/^\s*\{/.test(event.delta)) throw malformedOutput();
      }
      for (const step of blocks.steps(event)) {
        if (step.at === 'start') index += 1;
        text += eventOf(toEvent(step, index));
      }
      if (event.type === 'end') end = event;
      else if (event.type === 'usage') usage = event.usage;
    }
    if (text !== '') yield text;
  }
  yield eventOf({ type: 'message_delta', delta: { ...stopOf(end, about), container: null }, usage: toUsage(usage) });
  yield eventOf({ type: 'message_stop' });
}

function toEvent(step: BlockStep, index: number) {
  switch (step.at) {
    case 'start':
      return { type: 'content_block_start', index, content_block: step.block };
    case 'delta':
      return { type: 'content_block_delta', index, delta: step.delta };
    case 'stop':
      return { type: 'content_block_stop', index };
  }
}
