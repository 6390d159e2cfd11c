import type { FilterLogEventsCommandOutput } from '@aws-sdk/client-cloudwatch-logs';
import type { CountedLines } from './counted-lines';
import type { LogBounds, LogOverflow } from './log-bounds';
import type { LogLine } from './log-line';

/** Lines, and their characters. */
type Taken = Readonly<Record<'lines' | 'characters', number>>;

/** What may still be read, and until when, in milliseconds since 1970. */
export interface Room extends Taken {
  readonly until: number;
}

/** A log group and its pages. */
export interface Source {
  readonly logGroup: string;
  readonly pages: AsyncIterator<FilterLogEventsCommandOutput>;
}

interface Options {
  readonly room: Room;
  readonly counted: CountedLines;
  /** Lines that aren't needed take no room. */
  readonly isNeeded: (message: string) => boolean;
  readonly now: () => number;
}

/** What was read of one log group. */
interface Reading extends Source {
  lines: LogLine[];
  characters: number;
  read: number;
  overflow?: LogOverflow;
}

/** A longer line is no record: it is read as an empty one. */
const LONGEST = 262_144;

/**
 * Reads log groups a page at a time, in turns. If there is no room for more, the log group with the most lines loses them. So no tenant
 * can take the room of another one with fewer requests.
 */
export async function readInTurns(sources: readonly Source[], { room, counted, isNeeded, now }: Options) {
  const readings = sources.map((source): Reading => ({ ...source, lines: [], characters: 0, read: 0 }));
  let open = readings;
  while (open.length > 0) {
    const next: Reading[] = [];
    for (const reading of open) {
      if (now() >= room.until) drop(reading, 'time');
      if (reading.overflow !== undefined) continue;
      const { value, done } = await reading.pages.next();
      if (done === true) continue;
      take(reading, value);
      for (let over = exceeded(); over !== undefined; over = exceeded()) drop(largest(readings, over), over);
      if (value.nextToken !== undefined) next.push(reading);
    }
    open = next;
  }
  return {
    lines: readings.flatMap(({ lines }) => lines),
    characters: total('characters'),
    overflows: readings.flatMap(({ overflow }) => overflow ?? []),
  };

  function take(reading: Reading, { events = [] }: FilterLogEventsCommandOutput): void {
    for (const { message, timestamp: at } of events) {
      if (message === undefined || at === undefined) continue;
      reading.read += 1;
      if (counted.add(message, at) || !isNeeded(message)) continue;
      reading.lines.push({ message: message.length > LONGEST ? '' : message, at });
      reading.characters += message.length;
    }
  }

  function exceeded(): keyof Taken | undefined {
    return (['lines', 'characters'] as const).find((of) => total(of) > room[of]);
  }

  function total(of: keyof Taken): number {
    return readings.reduce((sum, reading) => sum + taken(reading, of), 0);
  }
}

function drop(reading: Reading, reason: keyof LogBounds): void {
  reading.overflow ??= { logGroup: reading.logGroup, reason, read: reading.read };
  reading.lines = [];
  reading.characters = 0;
}

const taken = (reading: Reading, of: keyof Taken): number =>
  of === 'lines' ? reading.lines.length : reading.characters;

const largest = (readings: readonly Reading[], by: keyof Taken): Reading =>
  readings.reduce((most, one) => (taken(one, by) > taken(most, by) ? one : most));
