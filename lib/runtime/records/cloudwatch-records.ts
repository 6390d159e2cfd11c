import {
  type CloudWatchLogsClient,
  FilterLogEventsCommand,
  type FilterLogEventsCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs';
import { LONGEST_REQUEST_MINUTES } from '../../contract/api-limits';
import type { RecordLink } from '../../contract/record-links';
import type { ResidencyRecord } from '../http/records/residency-record';
import { type RecordKind, type RecordLog, type RecordPage, type RecordQuery, UnknownPage } from './record-log';

/** The most calls for one page: a log can have long stretches without a matching record. */
const MOST_CALLS = 5;

/** CloudWatch's patterns have at most 1,024 characters, and an ID takes about fifty. */
const IDS_AT_ONCE = 16;

/** CloudWatch may return pages without a line for as long as it searches. */
const MOST_PAGES = 100;

/** A line has the time at which its request ended. */
const LATEST_MS = (LONGEST_REQUEST_MINUTES + 1) * 60_000;

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
      const page = await this.client
        .send(
          new FilterLogEventsCommand({
            logGroupName: this.groups[of],
            startTime: since.getTime(),
            endTime: until.getTime() - 1,
            filterPattern: patternOf(member),
            limit: limit - records.length,
            nextToken,
          }),
        )
        .catch((error: Error) => {
          if (after === undefined || error.name !== 'InvalidParameterException') throw error;
          throw new UnknownPage();
        });
      records.push(...(page.events ?? []).flatMap(({ message = '' }) => recordIn(message)));
      nextToken = page.nextToken;
      if (nextToken === undefined) return { records };
    }
    return { records, next: Buffer.from(nextToken ?? '').toString('base64url') };
  }

  /** The records of requests with some IDs, given in the order of time. */
  public async withIds(links: readonly RecordLink[]): Promise<ResidencyRecord[]> {
    const records: ResidencyRecord[] = [];
    for (let at = 0; at < links.length; at += IDS_AT_ONCE) {
      records.push(...(await this.search(links.slice(at, at + IDS_AT_ONCE))));
    }
    return records.sort((one, other) => (one.time < other.time ? -1 : 1));
  }

  private async search(links: readonly RecordLink[]): Promise<ResidencyRecord[]> {
    const times = links.map(({ time }) => Date.parse(time));
    const ids = links.map(({ id }) => `($.id = "${id}")`).join(' || ');
    const records: ResidencyRecord[] = [];
    let nextToken: string | undefined;
    for (let page = 0; page < MOST_PAGES; page++) {
      const found: FilterLogEventsCommandOutput = await this.client.send(
        new FilterLogEventsCommand({
          logGroupName: this.groups.requests,
          startTime: Math.min(...times),
          endTime: Math.max(...times) + LATEST_MS,
          filterPattern: `{ ($.event = "residency") && (${ids}) }`,
          nextToken,
        }),
      );
      records.push(...(found.events ?? []).flatMap(({ message = '' }) => recordIn(message)));
      nextToken = found.nextToken;
      if (nextToken === undefined) return records;
    }
    throw new Error('the log has more pages than a search reads; ask for a shorter time');
  }
}

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
