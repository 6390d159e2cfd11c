import type { MiddlewareHandler } from 'hono';
import { ApiError } from '../../http/api-error';
import type { GatewayEnv } from '../request/gateway-env';
import type { Trail } from '../request/trail';
import type { Counter, Counters } from './counters';
import type { Held, HeldOf } from './held';
import { limitHeaders, type Standing, seconds } from './limit-headers';
import { requestsOf, tokensOf } from './windows';

/** Where somebody stands with one of their limits, and whether that refuses the request. */
interface Judged extends Standing {
  readonly held: Held;
  readonly isOver: boolean;
}

/**
 * Holds whoever asks to their requests a minute and tokens a day, and counts tokens of everybody, limited or not. A request
 * counts before it is served. Tokens count after the answer, when they are known, so the answers that were begun below the
 * limit may end above it.
 */
export class Limits {
  /** What could not be written, added to what is written next. */
  private readonly owed = new Map<string, { readonly counter: Counter; readonly tokens: number }>();
  private readonly writing = new Set<Promise<void>>();

  constructor(
    private readonly counters: Counters,
    private readonly heldOf: HeldOf,
  ) {}

  /** Must run after it was found out who asks. */
  public readonly middleware: MiddlewareHandler<GatewayEnv> = async (c, next) => {
    const held = this.heldOf(c.var);
    if (held === undefined) throw new Error('limits were asked for before it was known who asks');
    const { time, trail } = c.var;
    const judged = await asked(held.flatMap((one) => [this.requests(one, time), this.tokens(one, time)]));
    const headers = limitHeaders(judged);
    // Whoever has no tokens left can still read what is theirs, and delete it.
    const mayUseTokens = !['GET', 'HEAD', 'DELETE'].includes(c.req.method);
    const tokens = judged.find(({ kind, isOver }) => isOver && mayUseTokens && kind === 'tokens');
    if (tokens !== undefined) throw tooManyTokens(tokens, headers);
    const requests = judged.find(({ kind, isOver }) => isOver && kind === 'requests');
    if (requests !== undefined) throw tooManyRequests(requests, headers);

    await next();
    for (const [name, value] of Object.entries(headers)) c.header(name, value);
    this.countWhenOver(
      trail,
      held.map(({ tenant, member }) => tokensOf(tenant, time, member).counter),
    );
  };

  /** Kept once every answer's tokens are counted, or were found impossible to count for now. */
  public async settled(): Promise<void> {
    await Promise.all(this.writing);
  }

  private async requests(held: Held, time: Date): Promise<Judged | undefined> {
    const { tenant, requestsPerMinute: limit } = held;
    if (limit === undefined) return undefined;
    const { counter, end } = requestsOf(tenant, time);
    const used = await this.counters.add(counter, 1, limit);
    const resetMs = end.getTime() - time.getTime();
    return { held, kind: 'requests', limit, used: used ?? limit, resetMs, isOver: used === undefined };
  }

  private async tokens(held: Held, time: Date): Promise<Judged | undefined> {
    const { tenant, member, tokensPerDay: limit } = held;
    if (limit === undefined) return undefined;
    const { counter, end } = tokensOf(tenant, time, member);
    const used = await this.counters.read(counter);
    return { held, kind: 'tokens', limit, used, resetMs: end.getTime() - time.getTime(), isOver: used >= limit };
  }

  private countWhenOver(trail: Trail, counters: readonly Counter[]): void {
    const writing = Promise.resolve(trail.streamed)
      .then(() => this.count(counters, trail.tokens === undefined ? 0 : trail.tokens.prompt + trail.tokens.completion))
      .finally(() => this.writing.delete(writing));
    this.writing.add(writing);
  }

  /** Writes what is due, and what could not be written before: it belongs to another day, perhaps. */
  private async count(counters: readonly Counter[], tokens: number): Promise<void> {
    for (const counter of counters) this.owe(counter, tokens);
    const due = [...this.owed.values()];
    this.owed.clear();
    await Promise.all(
      due.map(async (debt) => {
        try {
          await this.counters.add(debt.counter, debt.tokens);
        } catch {
          // Whoever is limited needs the store for the next request too, which is refused and recorded for as long as this goes on.
          this.owe(debt.counter, debt.tokens);
        }
      }),
    );
  }

  private owe(counter: Counter, tokens: number): void {
    if (tokens === 0) return;
    const key = `${counter.tenant} ${counter.name}`;
    this.owed.set(key, { counter, tokens: tokens + (this.owed.get(key)?.tokens ?? 0) });
  }
}

/** A limit that nobody can read is no reason to serve without one: the bill would have no end. */
async function asked(questions: readonly Promise<Judged | undefined>[]): Promise<Judged[]> {
  try {
    return (await Promise.all(questions)).filter((judged) => judged !== undefined);
  } catch {
    throw new ApiError(503, 'limits_unavailable', 'limits can not be checked at the moment; try again', {
      headers: { 'retry-after': '1' },
    });
  }
}

/** Who has used or made what, of which limit. */
const HAS: Readonly<Record<Held['kind'], string>> = {
  project: 'the project has',
  workspace: 'the workspace has',
  member: 'you have',
};

function tooManyRequests({ held, limit, resetMs }: Judged, headers: Record<string, string>): ApiError {
  return new ApiError(
    429,
    'rate_limit_exceeded',
    `${HAS[held.kind]} made ${its(held)} ${limit} requests of this minute; wait ${seconds(resetMs)} s and try again`,
    { type: 'requests', headers: { ...headers, 'retry-after': `${seconds(resetMs)}` } },
  );
}

function tooManyTokens({ held, limit, resetMs }: Judged, headers: Record<string, string>): ApiError {
  const more = held.kind === 'member' ? 'you have' : 'it has';
  return new ApiError(
    429,
    'insufficient_quota',
    `${HAS[held.kind]} used ${its(held)} ${limit} tokens of this day; ${more} more from midnight UTC on`,
    // OpenAI's clients would else try again in seconds, to no avail until midnight.
    { type: 'tokens', headers: { ...headers, 'retry-after': `${seconds(resetMs)}`, 'x-should-retry': 'false' } },
  );
}

const its = ({ kind }: Held) => (kind === 'member' ? 'your' : 'its');
