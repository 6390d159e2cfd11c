import type { MiddlewareHandler } from 'hono';
import { ApiError } from '../api-error';
import type { GatewayEnv } from '../app';
import type { Trail } from '../residency-record';
import type { Counter, Counters } from './counters';
import { limitHeaders, type Standing, seconds } from './limit-headers';
import { requestsOf, tokensOf } from './windows';

/**
 * Holds each project to its requests a minute and tokens a day. A request counts before it is served. Tokens count after
 * the answer, when they are known, so the answers that were begun below the limit may end above it.
 */
export class ProjectLimits {
  /** What could not be written, added to what is written next. */
  private readonly owed = new Map<string, { readonly counter: Counter; readonly tokens: number }>();
  private readonly writing = new Set<Promise<void>>();

  constructor(private readonly counters: Counters) {}

  /** Must run after the project of the request was found. */
  public readonly middleware: MiddlewareHandler<GatewayEnv> = async (c, next) => {
    const project = c.get('project');
    if (project === undefined) throw new Error('limits were asked for before the project of the request was known');
    const { time, trail } = c.var;
    const { requestsPerMinute, tokensPerDay } = project.limits;
    const minute = requestsOf(project.id, time);
    const day = tokensOf(project.id, time);
    const [requests, tokens] = await asked<[number | undefined, number]>([
      requestsPerMinute === undefined ? 0 : this.counters.add(minute.counter, 1, requestsPerMinute),
      tokensPerDay === undefined ? 0 : this.counters.read(day.counter),
    ]);
    const left = (end: Date) => end.getTime() - time.getTime();
    const standings: Standing[] = [];
    if (requestsPerMinute !== undefined) {
      standings.push({
        kind: 'requests',
        limit: requestsPerMinute,
        used: requests ?? requestsPerMinute,
        resetMs: left(minute.end),
      });
    }
    if (tokensPerDay !== undefined) {
      standings.push({ kind: 'tokens', limit: tokensPerDay, used: tokens, resetMs: left(day.end) });
    }
    const headers = limitHeaders(standings);
    if (tokensPerDay !== undefined && tokens >= tokensPerDay) throw tooManyTokens(tokensPerDay, left(day.end), headers);
    if (requests === undefined) throw tooManyRequests(requestsPerMinute ?? 0, left(minute.end), headers);

    await next();
    for (const [name, value] of Object.entries(headers)) c.header(name, value);
    if (tokensPerDay !== undefined) this.countWhenOver(trail, day.counter);
  };

  /** Kept once every answer's tokens are counted, or were found impossible to count for now. */
  public async settled(): Promise<void> {
    await Promise.all(this.writing);
  }

  private countWhenOver(trail: Trail, counter: Counter): void {
    const writing = Promise.resolve(trail.streamed)
      .then(() => this.count(counter, trail.tokens === undefined ? 0 : trail.tokens.prompt + trail.tokens.completion))
      .finally(() => this.writing.delete(writing));
    this.writing.add(writing);
  }

  /** Writes what is due, and what could not be written before: it belongs to another day, perhaps. */
  private async count(counter: Counter, tokens: number): Promise<void> {
    this.owe(counter, tokens);
    const due = [...this.owed.values()];
    this.owed.clear();
    await Promise.all(
      due.map(async (debt) => {
        try {
          await this.counters.add(debt.counter, debt.tokens);
        } catch {
          // The next request needs the store too, so it is refused, and that is recorded, for as long as this goes on.
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
async function asked<T extends unknown[]>(questions: { [K in keyof T]: T[K] | Promise<T[K]> }): Promise<T> {
  try {
    return (await Promise.all(questions)) as T;
  } catch {
    throw new ApiError(503, 'limits_unavailable', "the project's limits can not be checked at the moment; try again", {
      headers: { 'retry-after': '1' },
    });
  }
}

function tooManyRequests(limit: number, resetMs: number, headers: Record<string, string>): ApiError {
  return new ApiError(
    429,
    'rate_limit_exceeded',
    `the project has made its ${limit} requests of this minute; wait ${seconds(resetMs)} s and try again`,
    { type: 'requests', headers: { ...headers, 'retry-after': `${seconds(resetMs)}` } },
  );
}

function tooManyTokens(limit: number, resetMs: number, headers: Record<string, string>): ApiError {
  return new ApiError(
    429,
    'insufficient_quota',
    `the project has used its ${limit} tokens of this day; it has more from midnight UTC on`,
    // OpenAI's clients would else try again in seconds, to no avail until midnight.
    { type: 'tokens', headers: { ...headers, 'retry-after': `${seconds(resetMs)}`, 'x-should-retry': 'false' } },
  );
}
