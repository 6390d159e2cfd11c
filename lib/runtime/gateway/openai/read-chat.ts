import * as z from 'zod/mini';
import { mapped } from '../../http/stream/batches';
import { malformedOutput, streamWasCut } from '../converse/answer-error';
import type { Finish, ModelEvent, ModelUsage } from '../converse/model-event';
import { ServerFailure } from './server-failure';

const text = z.nullish(z.string());
const count = z.nullish(z.number());
const said = { content: text, refusal: text, reasoning_content: text, reasoning: text };
const usage = z.nullish(
  z.object({
    prompt_tokens: count,
    completion_tokens: count,
    prompt_tokens_details: z.nullish(z.object({ cached_tokens: count })),
    completion_tokens_details: z.nullish(z.object({ reasoning_tokens: count })),
  }),
);
const call = z.object({
  index: count,
  id: text,
  function: z.nullish(z.object({ name: text, arguments: text })),
});
const whole = z.object({
  choices: z
    .array(z.object({ message: z.object({ ...said, tool_calls: z.nullish(z.array(call)) }), finish_reason: text }))
    .check(z.minLength(1)),
  usage,
});
const chunk = z.object({
  choices: z.array(
    z.object({ delta: z.nullish(z.object({ ...said, tool_calls: z.nullish(z.array(call)) })), finish_reason: text }),
  ),
  usage,
});

const coded = z.object({ error: z.object({ code: z.int() }) });

type Piece = NonNullable<z.infer<typeof chunk>['choices'][number]['delta']>;

/**
 * The events of a whole chat completion.
 *
 * @throws if it doesn't have the form that OpenAI documents
 */
export function readChat(value: unknown): ModelEvent[] {
  const answer = whole.parse(value);
  const { message, finish_reason } = answer.choices[0] as z.infer<typeof whole>['choices'][number];
  const reader = new Reader();
  const calls = message.tool_calls?.map((one, index) => ({ ...one, index }));
  return [...reader.take({ ...message, tool_calls: calls }), ...reader.end(finish_reason), ...toUsage(answer.usage)];
}

/**
 * The events of a streamed chat completion, from the data of its server-sent events.
 *
 * @throws if a piece doesn't have the form that OpenAI documents or reports a failure, or the stream ends before the model does
 */
export function readChatStream(data: AsyncIterable<string>): AsyncIterable<ModelEvent> {
  const reader = new Reader();
  const read = (line: string, out: ModelEvent[]): void => {
    // Unread bytes would close a connection that the next request could use.
    if (line === '[DONE]') return;
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null && 'error' in value) throw new ServerFailure(statusOf(value));
    const piece = chunk.parse(value);
    const [choice] = piece.choices;
    if (choice?.delta) for (const event of reader.take(choice.delta)) out.push(event);
    if (choice?.finish_reason) out.push(...reader.end(choice.finish_reason));
    out.push(...toUsage(piece.usage));
  };
  return mapped(data, read, () => {
    if (!reader.ended) throw streamWasCut();
  });
}

/** The status that a server would have sent if its answer had not started; many servers report it as a code. */
function statusOf(failed: unknown): number {
  const code = coded.safeParse(failed).data?.error.code ?? 500;
  return code >= 400 && code < 500 ? code : 500;
}

/** Turns the pieces of an answer into consecutive blocks. */
class Reader {
  public ended = false;
  private open: 'none' | 'text' | 'reasoning' | number = 'none';
  private lastCall = -1;
  private hasArguments = false;
  private refused = false;

  public *take({ content, refusal, reasoning_content, reasoning, tool_calls }: Piece): Generator<ModelEvent> {
    const thought = reasoning_content ?? reasoning;
    if (thought) yield* this.piece('reasoning', thought);
    if (refusal) this.refused = true;
    const spoken = `${content ?? ''}${refusal ?? ''}`;
    if (spoken !== '') yield* this.piece('text', spoken);
    for (const { index, id, function: called } of tool_calls ?? []) {
      const at = index ?? this.lastCall;
      if (at !== this.open) {
        // Blocks are consecutive: a closed block can't continue, and a call needs its name.
        if (at <= this.lastCall || !called?.name) throw malformedOutput();
        yield* this.close();
        this.open = at;
        this.lastCall = at;
        yield { type: 'tool-call', id: id || `call_${at}`, name: called.name };
      }
      if (called?.arguments) {
        this.hasArguments = true;
        yield { type: 'tool-arguments', delta: called.arguments };
      }
    }
  }

  public *end(reason: string | null | undefined): Generator<ModelEvent> {
    yield* this.close();
    if (this.ended) return;
    this.ended = true;
    yield { type: 'end', finish: this.refused ? 'content_filter' : finish(reason, this.lastCall >= 0) };
  }

  private *piece(type: 'text' | 'reasoning', delta: string): Generator<ModelEvent> {
    if (this.open !== type) yield* this.close();
    this.open = type;
    yield { type, delta };
  }

  private *close(): Generator<ModelEvent> {
    if (this.open === 'none') return;
    // A call of a function without parameters may have no arguments at all, and clients parse the arguments as JSON.
    if (typeof this.open === 'number' && !this.hasArguments) yield { type: 'tool-arguments', delta: '{}' };
    this.open = 'none';
    this.hasArguments = false;
    yield { type: 'block-end' };
  }
}

function finish(reason: string | null | undefined, called: boolean): Finish {
  if (reason === 'length' || reason === 'content_filter') return reason;
  // Some servers, and OpenAI itself, report `stop` after a required call.
  return called ? 'tool_calls' : 'stop';
}

function toUsage(found: z.infer<typeof usage>): ModelEvent[] {
  if (!found) return [];
  const counted: ModelUsage = {
    prompt: found.prompt_tokens ?? 0,
    completion: found.completion_tokens ?? 0,
    cached: found.prompt_tokens_details?.cached_tokens ?? 0,
    cacheWrite: 0,
    reasoning: found.completion_tokens_details?.reasoning_tokens ?? 0,
  };
  return [{ type: 'usage', usage: counted }];
}
