import {
  type CloudWatchLogsClient,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
  type FilterLogEventsCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs';
import { LONGEST_REQUEST_MINUTES } from '../../contract/api-limits';
import type { RecordLink } from '../../contract/record-links';
import type { ResidencyRecord } from '../http/records/residency-record';
import { groupsOf, positionOf, tokenOf } from './link-groups';
import { type RecordKind, type RecordLog, type RecordPage, type RecordQuery, UnknownPage } from './record-log';

/** The most calls for one page: a log can have long stretches without a matching record. */
const MOST_CALLS = 5;

/** The most calls that search the records of one page of links. The API answers within 29 seconds. */
const MOST_SEARCHES = 12;

/** A line has the time at which its request ended. */
const LATEST_MS = (LONGEST_REQUEST_MINUTES + 1) * 60_000;

/** The records that a search found before its calls were used up. */
export interface FoundRecords {
  readonly records: ResidencyRecord[];
  /** The number of links whose search is over. */
  readonly done: number;
  /** Where the search of the next ones goes on, if it has begun. */
  readonly at?: string;
}

/** The records that the functions of a deployed workspace wrote to their log groups. */
export class CloudWatchRecords implements RecordLog {
  constructor(
    private readonly client: Pick<CloudWatchLogsClient, 'send'>,
    /** Names of the log groups. */
    private readonly groups: Readonly<Record<RecordKind, string>>,
  ) {}

  public async page({ of, since, until, member, limit, after }: RecordQuery): Promise<RecordPage> {
    const records: ResidencyRecord[] = [];
    let nextToken = after === undefined ? undefined : Buffer.from(after, 'base64url').toString();
    for (let call = 0; call < MOST_CALLS && records.length < limit; call++) {
      const query = {
        logGroupName: this.groups[of],
        startTime: since.getTime(),
        endTime: until.getTime() - 1,
        filterPattern: patternOf(member),
        limit: limit - records.length,
      };
      const page = await this.send(query, nextToken);
      records.push(...(page.events ?? []).flatMap(({ message = '' }) => recordIn(message)));
      nextToken = page.nextToken;
      if (nextToken === undefined) return { records };
    }
    return { records, next: Buffer.from(nextToken ?? '').toString('base64url') };
  }

  /**
   * The records of requests with some IDs, as far as a few calls find them.
   *
   * @param links in the order of time, by the minute
   * @param from where an earlier search of the same links ended
   * @throws UnknownPage if it is no such position
   */
  public async withIds(links: readonly RecordLink[], from?: string): Promise<FoundRecords> {
    const records: ResidencyRecord[] = [];
    let done = 0;
    let calls = 0;
    for (const group of groupsOf(links)) {
      let token = done === 0 ? tokenOf(group, from) : undefined;
      do {
        if (calls++ === MOST_SEARCHES) return { records: sorted(records), done, at: positionOf(group, token) };
        const page = await this.search(group, token);
        records.push(...(page.events ?? []).flatMap(({ message = '' }) => recordIn(message)));
        token = page.nextToken;
      } while (token !== undefined);
      done += group.length;
    }
    return { records: sorted(records), done };
  }

  private search(links: readonly RecordLink[], nextToken: string | undefined): Promise<FilterLogEventsCommandOutput> {
    const times = links.map(({ time }) => Date.parse(time));
    const ids = links.map(({ id }) => `($.id = "${id}")`).join(' || ');
    return this.send(
      {
        logGroupName: this.groups.requests,
        startTime: Math.min(...times),
        endTime: Math.max(...times) + LATEST_MS,
        filterPattern: `{ ($.event = "residency") && (${ids}) }`,
      },
      nextToken,
    );
  }

  /** @throws UnknownPage if CloudWatch doesn't know the position */
  private send(query: FilterLogEventsCommandInput, nextToken: string | undefined) {
    return this.client.send(new FilterLogEventsCommand({ ...query, nextToken })).catch((error: Error) => {
      if (nextToken === undefined || error.name !== 'InvalidParameterException') throw error;
      throw new UnknownPage();
    });
  }
}

const sorted = (records: readonly ResidencyRecord[]): ResidencyRecord[] =>
  [...records].sort((one, other) => (one.time < other.time ? -1 : 1));

/** @param member of letters, digits, hyphens and underscores only */
const patternOf = (member: string | undefined): string =>
  member === undefined
    ? '{ $.event = "residency" }'
    : `{ ($.event = "residency") && (($.member = "${member}") || ($.about = "${member}")) }`;

/** The record in a log line, if it is one. A function writes other lines too. */
function recordIn(message: string): ResidencyRecord[] {
  try {
    const value = JSON.parse(message);
    return value?.event === 'residency' ? [value] : [];
  } catch {
    return [];
  }
}
