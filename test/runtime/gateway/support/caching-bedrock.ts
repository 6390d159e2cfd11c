import type { ConverseAnswer, ConverseRequest } from '@/lib/runtime/gateway/bedrock/bedrock';
import type { Upstream } from '@/lib/runtime/gateway/context/request-context';
import { NO_BEDROCK } from './gateway';
import { complaintAbout, TRAITS } from './strict-bedrock';

// biome-ignore lint/suspicious/noExplicitAny: a request as it came over the wire
type Loose = any;

/** The tokens of one request as Bedrock counts them. */
export interface Counted {
  readonly inputTokens: number;
  readonly cacheReadInputTokens: number;
  readonly cacheWriteInputTokens: number;
}

/** How many blocks before a cache point Bedrock looks for a cached prefix: for Claude about 20, for others none. */
const LOOKBACK = 20;

/** The cache lasts so long after its last use. */
const TTL_MS = 300_000;

/**
 * A Bedrock that counts as the real one does: the prefix is tools, system, messages; each point writes the prefix before it, if that has
 * the model's least tokens; the longest prefix that equals a written one is read. Four characters are a token.
 */
export class CachingBedrock {
  public readonly counted: Counted[] = [];
  public readonly requests: ConverseRequest[] = [];
  public time = 0;
  private readonly written = new Map<string, number>();

  constructor(private readonly answer: (turn: number) => string) {}

  public readonly upstream: Upstream = {
    ...NO_BEDROCK,
    converse: async ({ id }, request): Promise<ConverseAnswer> => {
      const complaint = complaintAbout({ operation: 'converse', model: id, body: JSON.parse(JSON.stringify(request)) });
      if (complaint) throw new Error(complaint.message);
      this.requests.push(request);
      const usage = this.count(id, request);
      this.counted.push(usage);
      const text = this.answer(this.counted.length);
      return {
        output: { message: { role: 'assistant', content: [{ text }] } },
        stopReason: 'end_turn',
        usage: { ...usage, outputTokens: text.length / 4, totalTokens: 0 },
        metrics: { latencyMs: 1 },
      };
    },
  };

  /** The share of the last request's input that was read from the cache. */
  public get share(): number {
    const { inputTokens, cacheReadInputTokens, cacheWriteInputTokens } = this.counted.at(-1) as Counted;
    return cacheReadInputTokens / (inputTokens + cacheReadInputTokens + cacheWriteInputTokens);
  }

  private count(id: string, { toolConfig, system = [], messages = [] }: Loose): Counted {
    const model = id.replace(/^eu\./, '');
    const blocks: Loose[] = [
      ...(toolConfig?.tools ?? []),
      ...system,
      ...messages.flatMap(({ role, content }: Loose) =>
        content.map((block: Loose) => (block.cachePoint ? block : { role, ...block })),
      ),
    ];
    // The prefix after each block that isn't a point, and its tokens.
    const ends: { prefix: string; tokens: number }[] = [];
    const points: number[] = [];
    for (const block of blocks) {
      if (block.cachePoint) points.push(ends.length - 1);
      else {
        const text = JSON.stringify(block);
        const { prefix, tokens } = ends.at(-1) ?? { prefix: model, tokens: 0 };
        ends.push({ prefix: prefix + text, tokens: tokens + Math.ceil(text.length / 4) });
      }
    }
    const total = ends.at(-1)?.tokens ?? 0;
    const { minTokens } = TRAITS.get(model)?.cachePoints ?? { minTokens: Number.POSITIVE_INFINITY };
    const effective = points.filter((at) => (ends[at]?.tokens ?? 0) >= minTokens);
    const lookback = model.startsWith('anthropic.') ? LOOKBACK : 0;
    const candidates = effective.flatMap((at) => ends.slice(Math.max(0, at - lookback), at + 1));
    const read = Math.max(
      0,
      ...candidates
        .filter(({ prefix }) => (this.written.get(prefix) ?? Number.NEGATIVE_INFINITY) + TTL_MS > this.time)
        .map(({ tokens }) => tokens),
    );
    for (const at of effective) this.written.set(ends[at]?.prefix ?? '', this.time);
    const write = Math.max(read, ...effective.map((at) => ends[at]?.tokens ?? 0)) - read;
    return { inputTokens: total - read - write, cacheReadInputTokens: read, cacheWriteInputTokens: write };
  }
}
