import { type CountedBecause, countedBecause } from '../../contract/counted-requests';
import { RESIDENCY_EVENT } from '../../contract/metrics';
import { type Hour, hourOf } from './hour';

/** How many requests of an hour are only counted. */
export type CountedRequests = Readonly<Record<CountedBecause, number>>;

const NONE: CountedRequests = { unauthenticated: 0, limited: 0 };

/** Counts the lines of requests that are no leaves, so that their number needs no room. */
export class CountedLines {
  private readonly hours = new Map<Hour, CountedRequests>();

  /** Counts a line if it is that of such a request; whether it is. */
  public add(message: string, at: number): boolean {
    const because = becauseOf(message);
    if (because === undefined) return false;
    const counted = this.of(hourOf(at));
    this.hours.set(hourOf(at), { ...counted, [because]: counted[because] + 1 });
    return true;
  }

  public of(hour: Hour): CountedRequests {
    return this.hours.get(hour) ?? NONE;
  }
}

/** What most lines of other requests don't have, so that they aren't parsed. */
const SIGNS = ['"tenant":"unauthenticated"', '"reason":"'];

function becauseOf(message: string): CountedBecause | undefined {
  if (!SIGNS.some((sign) => message.includes(sign))) return undefined;
  try {
    const { event, stream, ...record } = JSON.parse(message);
    return event === RESIDENCY_EVENT && stream === undefined ? countedBecause(record) : undefined;
  } catch {
    return undefined;
  }
}
