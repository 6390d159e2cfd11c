import {
  type CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
  type FilterLogEventsCommandOutput,
} from '@aws-sdk/client-cloudwatch-logs';
import { RESIDENCY_EVENT } from '../../contract/metrics';
import { REPORT } from './failed-invocation';
import { type Hour, hourOf } from './hour';
import { isUnauthenticated } from './unauthenticated';

/** A line of a gateway's log, and when it was written, in milliseconds since 1970. */
export interface LogLine {
  readonly message: string;
  readonly at: number;
}

/** The most of a time that is read: `lines` and their `characters` by the function's memory, `pages` by its time. */
export type LogBounds = Readonly<Record<'lines' | 'characters' | 'pages', number>>;

/** The lines of a time. */
export interface ReadLog {
  readonly lines: readonly LogLine[];
  /** How many requests without a valid key or token each hour has. Anyone can make them, so their lines aren't held. */
  readonly unauthenticated: ReadonlyMap<Hour, number>;
  /** Present if there is more than the bounds: then the lines are some of them. */
  readonly overflow?: { readonly reason: keyof LogBounds; readonly read: number };
}

/** A line needs about 11 KB of memory. At ten pages a second, their number takes more than three minutes, of which a run may need two. */
const BOUNDS: LogBounds = { lines: 150_000, characters: 200_000_000, pages: 2_000 };

/** A longer line is no record: it is read as an empty one. */
const LONGEST = 262_144;

/** Records, and Lambda's own reports of invocations that didn't succeed. */
const PATTERN = `{ ($.event = "${RESIDENCY_EVENT}") || (($.type = "${REPORT}") && ($.record.status != "success")) }`;

/** Reads the records of requests in the logs of gateways. */
export class GatewayLogs {
  /** @param prefixes what the names of the log groups begin with, up to the part that CloudFormation chooses */
  constructor(
    private readonly client: Pick<CloudWatchLogsClient, 'send'>,
    private readonly prefixes: readonly string[],
    private readonly bounds: LogBounds = BOUNDS,
  ) {}

  /**
   * The lines of records, and of invocations that failed, from one time to another, which is excluded; both in milliseconds since 1970.
   *
   * @throws if a gateway has no log group
   */
  public async lines(from: number, to: number): Promise<ReadLog> {
    const lines: LogLine[] = [];
    const unauthenticated = new Map<Hour, number>();
    const total = { lines: 0, characters: 0, pages: 0 };
    let read = 0;
    for await (const { events = [] } of this.pages(from, to)) {
      total.pages += 1;
      for (const { message, timestamp: at } of events) {
        if (message === undefined || at === undefined) continue;
        read += 1;
        if (isUnauthenticated(message)) {
          unauthenticated.set(hourOf(at), (unauthenticated.get(hourOf(at)) ?? 0) + 1);
          continue;
        }
        lines.push({ message: message.length > LONGEST ? '' : message, at });
        total.lines += 1;
        total.characters += message.length;
      }
      const reason = (['lines', 'characters', 'pages'] as const).find((bound) => total[bound] > this.bounds[bound]);
      if (reason !== undefined) return { lines, unauthenticated, overflow: { reason, read } };
    }
    return { lines, unauthenticated };
  }

  /** CloudWatch Logs may return pages without a line, for as long as it searches. */
  private async *pages(from: number, to: number): AsyncGenerator<FilterLogEventsCommandOutput> {
    for (const logGroupName of await this.groups()) {
      let nextToken: string | undefined;
      do {
        const found: FilterLogEventsCommandOutput = await this.client.send(
          new FilterLogEventsCommand({
            logGroupName,
            startTime: from,
            endTime: to - 1,
            filterPattern: PATTERN,
            nextToken,
          }),
        );
        yield found;
        nextToken = found.nextToken;
      } while (nextToken !== undefined);
    }
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
