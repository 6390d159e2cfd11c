import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { hoursAfter } from '@/lib/cli/audit/ledger/hour-files';
import { REGIONS } from '@/lib/facts/generated/regions';
import { Random } from './random';
import { SampleLedger } from './sample-ledger';
import { eventOf, recordOf, type SampleRequest, SampleRequests, SOURCE_REGION } from './sample-requests';
import { BUCKET, SampleTrail, trailKeysOf } from './sample-trail';

/** What a test changes of a bundle while it is made. */
export interface Plants {
  /** Changes the requests of an hour before they are recorded. */
  readonly requests?: (requests: SampleRequest[], hour: number) => void;
  /** The requests whose records arrive in an hour. */
  readonly records?: (requests: readonly SampleRequest[], hour: number) => readonly SampleRequest[];
  /** Changes a record before its hour is signed. */
  readonly recordOf?: (record: ReturnType<typeof recordOf>, hour: number) => object;
  /** Changes the last leaf of an hour. */
  readonly end?: (hour: number) => object | undefined;
  /** Leaves of an hour that aren't records. */
  readonly leaves?: (hour: number, name: string) => readonly object[];
  /** Changes the lines of an hour after its tree was signed. */
  readonly lines?: (lines: string[], hour: number) => void;
  /** The events of a file. */
  readonly events?: (events: object[], hour: number, file: number) => object[];
  /** The files of an hour's digest that a backfill digest names instead. */
  readonly isLate?: (hour: number, file: number) => boolean;
  /** Hours without files of events and digests. */
  readonly isStopped?: (hour: number) => boolean;
}

export interface SampleOptions {
  readonly folder: string;
  readonly seed?: number;
  /** Days from 2026-11-01. */
  readonly days?: number;
  /** In an hour. */
  readonly requests?: number;
  /** Files of events of an hour. */
  readonly files?: number;
  /** Write the digests of other Regions each hour, so that a part of the period can be fetched. */
  readonly isHourly?: boolean;
  readonly plants?: Plants;
}

/** Regions in which a call could be made: those that each account has, and those of the EU. */
export const OTHER_REGIONS = REGIONS.filter(
  ({ code, partition, optIn, euMember }) => partition === 'aws' && (!optIn || euMember) && code !== SOURCE_REGION,
).map(({ code }) => code);

const START = '2026-11-01T00';

let rsa: KeyObject | undefined;
/** The key of CloudTrail, made once because that takes long. */
export function trailKey(): KeyObject {
  rsa ??= generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;
  return rsa;
}

/** Writes a bundle of a few days, with the hour after them. */
export function makeBundle({
  folder,
  seed = 1,
  days = 1,
  requests = 5,
  files = 1,
  isHourly = false,
  plants = {},
}: SampleOptions): void {
  const random = new Random(seed);
  const write = (file: string, contents: string | Buffer) => {
    const target = path.join(folder, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, contents);
  };
  const made = new SampleRequests(random);
  const ledger = new SampleLedger(write, random);
  const trail = new SampleTrail(write, trailKey());
  write('ledger/start.json', JSON.stringify({ hour: START }));
  let wasStopped = false;
  for (let hour = 0; hour <= days * 24; hour += 1) {
    const name = hoursAfter(START, hour);
    const start = Date.parse(`${name}:00:00Z`);
    const all = made.hour(start, hour === days * 24 ? 0 : requests);
    plants.requests?.(all, hour);
    const recorded = (plants.records?.(all, hour) ?? all).toSorted((one, other) => one.time - other.time);
    ledger.hour(
      name,
      [
        ...recorded.map(recordOf).map((record) => plants.recordOf?.(record, hour) ?? record),
        ...(plants.leaves?.(hour, name) ?? []),
      ],
      {
        end: plants.end?.(hour),
        change: (lines) => plants.lines?.(lines, hour),
      },
    );
    if (plants.isStopped?.(hour)) {
      wasStopped = true;
      continue;
    }
    const logs = Array.from({ length: files }, (_, file) => {
      const [first, end] = [file, file + 1].map((one) => Math.ceil((one * all.length) / files));
      const some = all.slice(first, end).map(eventOf);
      return { late: plants.isLate?.(hour, file), log: trail.log(start, plants.events?.(some, hour, file) ?? some) };
    });
    trail.digest(
      start,
      logs.filter(({ late }) => !late).map(({ log }) => log),
      { isFirst: wasStopped },
    );
    wasStopped = false;
    const late = logs.filter((one) => one.late).map(({ log }) => log);
    if (late.length > 0) trail.digest(start, late, { isBackfill: true });
  }
  const period = [0, days * 24 + 1].map((hours) => Date.parse(`${START}:00:00Z`) + hours * 3_600_000);
  const [begin, end] = period as [number, number];
  trail.digest(end, []);
  const others = OTHER_REGIONS.map((region) => new SampleTrail(write, trailKey(), region));
  // CloudTrail writes one each hour; a longer one makes the same chain, and takes less time.
  const length = isHourly ? 3_600_000 : end - begin;
  for (const other of others) {
    for (let start = begin; start < (isHourly ? end + 3_600_000 : end); start += length)
      other.digest(start, [], { end: start + length });
  }
  const to = hoursAfter(START, days * 24 - 1).slice(0, 10);
  const manifest = {
    format: 1,
    fetchedAt: '2026-12-01T06:00:00.000Z',
    from: '2026-11-01',
    to,
    bucket: BUCKET,
    boundary: 'eu',
  };
  write('bundle.json', JSON.stringify(manifest));
  write('digest-signatures.json', JSON.stringify([trail, ...others].flatMap(({ signatures }) => signatures)));
  write(
    'trail-keys.json',
    JSON.stringify([SOURCE_REGION, ...OTHER_REGIONS].map((region) => trailKeysOf(trailKey(), region))),
  );
}
