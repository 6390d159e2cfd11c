import {
  type CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
  type FilterLogEventsCommandOutput,
  type LogGroup,
} from '@aws-sdk/client-cloudwatch-logs';
import { RESIDENCY_EVENT } from '../../contract/metrics';
import { CountedLines } from './counted-lines';
import { REPORT } from './failed-invocation';
import { BOUNDS, type LogBounds, type LogOverflow } from './log-bounds';
import type { LogLine } from './log-line';
import { type Room, readInTurns } from './read-in-turns';

/** The lines of a time. */
export interface ReadLog {
  readonly lines: readonly LogLine[];
  /** The requests that have no leaf. */
  readonly counted: CountedLines;
  /** The log groups of which `lines` has none, because there are more than the bounds. */
  readonly overflows: readonly LogOverflow[];
  /** What is left of the bounds. */
  readonly room: Room;
}

/** How lines are read. */
export interface ReadOptions {
  /** @default - the bounds of an hour */
  readonly room?: Room;
  /**
   * The lines that are returned.
   *
   * @default - all
   */
  readonly isNeeded?: (message: string) => boolean;
}

/** Records, and Lambda's own reports of invocations that didn't succeed. */
const PATTERN = `{ ($.event = "${RESIDENCY_EVENT}") || (($.type = "${REPORT}") && ($.record.status != "success")) }`;

/** Reads the records of requests in the logs of gateways. */
export class GatewayLogs {
  /** @param prefixes what the names of the log groups begin with, up to the part that CloudFormation chooses */
  constructor(
    private readonly client: Pick<CloudWatchLogsClient, 'send'>,
    private readonly prefixes: readonly string[],
    private readonly bounds: LogBounds = BOUNDS,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * The lines of records, and of invocations that failed, from one time to another, which is excluded; both in milliseconds since 1970.
   *
   * @throws if a gateway has no log group
   */
  public async lines(from: number, to: number, { room, isNeeded = () => true }: ReadOptions = {}): Promise<ReadLog> {
    const { lines, characters, time } = this.bounds;
    const left = room ?? { lines, characters, until: this.now() + time };
    const counted = new CountedLines();
    const sources = (await this.groups(left.until)).map((logGroup) => ({
      logGroup,
      pages: this.pages(logGroup, from, to),
    }));
    const read = await readInTurns(sources, { room: left, counted, isNeeded, now: this.now });
    return {
      lines: read.lines,
      counted,
      overflows: read.overflows,
      room: {
        lines: left.lines - read.lines.length,
        characters: left.characters - read.characters,
        until: left.until,
      },
    };
  }

  /** CloudWatch Logs may return pages without a line, for as long as it searches. */
  private async *pages(logGroupName: string, from: number, to: number): AsyncGenerator<FilterLogEventsCommandOutput> {
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

  /**
   * Also the log groups of a stack that was deleted and created again, because logs are retained. The oldest come first: those that
   * another principal creates with such a name, to take up the time, come after those of gateways.
   */
  private async groups(until: number): Promise<string[]> {
    const found: LogGroup[] = [];
    for (const prefix of this.prefixes) {
      const groups = await this.groupsOf(prefix, until);
      if (groups.length === 0) {
        throw new Error(
          `no log group's name begins with ${prefix}, so the records of a gateway can't be read; deploy its stack, or deploy ` +
            'the ledger without it',
        );
      }
      found.push(...groups);
    }
    return found
      .toSorted((one, other) => (one.creationTime ?? 0) - (other.creationTime ?? 0))
      .flatMap(({ logGroupName }) => logGroupName ?? []);
  }

  /** Some of them if there is no time for more. Then there is none to read them either, so the hour states that records are missing. */
  private async groupsOf(logGroupNamePrefix: string, until: number): Promise<LogGroup[]> {
    const found: LogGroup[] = [];
    let nextToken: string | undefined;
    do {
      const page = await this.client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix, nextToken }));
      found.push(...(page.logGroups ?? []));
      nextToken = page.nextToken;
    } while (nextToken !== undefined && this.now() < until);
    return found;
  }
}
