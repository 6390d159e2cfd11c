import { type CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { ResidencyRecord } from '../http/records/residency-record';
import { type RecordKind, type RecordLog, type RecordPage, type RecordQuery, UnknownPage } from './record-log';

/** The most calls for one page: a log can have long stretches without a matching record. */
const MOST_CALLS = 5;

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
