import {
  type CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
  type FilterLogEventsCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs';
import { RESIDENCY_EVENT } from '../../contract/metrics';
import { REPORT } from './failed-invocation';

/** A line of a gateway's log, and when it was written, in milliseconds since 1970. */
export interface LogLine {
  readonly message: string;
  readonly at: number;
}

/** The most lines of an hour and the one before it that the function's memory holds, at about 11 KB each. */
const MOST_LINES = 150_000;

/** Records, and Lambda's own reports of invocations that didn't succeed. */
const PATTERN = `{ ($.event = "${RESIDENCY_EVENT}") || (($.type = "${REPORT}") && ($.record.status != "success")) }`;

/** CloudWatch Logs may return pages without a line, for as long as it searches. */
const MOST_PAGES = 20_000;

/** Reads the records of requests in the logs of gateways. */
export class GatewayLogs {
  /** @param prefixes what the names of the log groups begin with, up to the part that CloudFormation chooses */
  constructor(
    private readonly client: Pick<CloudWatchLogsClient, 'send'>,
    private readonly prefixes: readonly string[],
  ) {}

  /**
   * The lines of records, and of invocations that failed, from one time to another, which is excluded; both in milliseconds since 1970.
   *
   * @throws if a gateway has no log group, or if there are more lines than the function can hold
   */
  public async lines(from: number, to: number): Promise<LogLine[]> {
    const lines: LogLine[] = [];
    for (const logGroupName of await this.groups()) {
      let nextToken: string | undefined;
      for (let page = 0; page === 0 || nextToken !== undefined; page += 1) {
        if (page === MOST_PAGES)
          throw new Error(`a log group has more than ${MOST_PAGES} pages of an hour; the hour is tried again`);
        const found: FilterLogEventsCommandOutput = await this.client.send(
          new FilterLogEventsCommand({
            logGroupName,
            startTime: from,
            endTime: to - 1,
            filterPattern: PATTERN,
            nextToken,
          }),
        );
        for (const { message, timestamp } of found.events ?? []) {
          if (message !== undefined && timestamp !== undefined) lines.push({ message, at: timestamp });
        }
        if (lines.length > MOST_LINES) {
          throw new Error(
            `an hour has more than ${MOST_LINES} records, which the ledger can't hold; see LIMITS, 'Ledger'`,
          );
        }
        nextToken = found.nextToken;
      }
    }
    return lines;
  }

  /** Also the log groups of a stack that was deleted and created again, because logs are retained. */
  private async groups(): Promise<string[]> {
    const names: string[] = [];
    for (const logGroupNamePrefix of this.prefixes) {
      const { logGroups = [] } = await this.client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix }));
      if (logGroups.length === 0) {
        throw new Error(
          `no log group's name begins with ${logGroupNamePrefix}, so the records of a gateway can't be read; deploy its stack, or deploy ` +
            'the ledger without it',
        );
      }
      names.push(...logGroups.flatMap(({ logGroupName }) => logGroupName ?? []));
    }
    return names;
  }
}
