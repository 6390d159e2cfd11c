import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { openFolder } from '@/lib/cli/audit/bundle/folder';
import { Random } from './random';
import { makeBundle } from './sample-bundle';
import type { SampleRequest } from './sample-requests';

/** What an audit of the bundle must find, and nothing else. */
export interface Planted {
  readonly calls: {
    readonly inside: number;
    readonly outside: number;
    readonly unaccounted: number;
    readonly notJoinable: number;
  };
  readonly outside: string[];
  readonly unaccounted: string[];
  readonly findings: string[];
  readonly repeated: number;
}

const DAYS = 10;
const OUTSIDE = 500;
const LOST = 100;
const REPEATED = 300;
/** Files of events of an hour: CloudTrail writes one about every five minutes. */
const FILES = 12;

/** Writes a bundle with some of everything that an audit must find. */
export function plantEverything(folder: string, requests: number): Planted {
  const random = new Random(7);
  const perHour = Math.ceil(requests / (DAYS * 24));
  const some = (count: number) => new Set(Array.from({ length: count }, () => random.below(perHour * DAYS * 24)));
  const outside = some(OUTSIDE);
  const lost = some(LOST);
  const repeated = some(REPEATED);
  const late = some(REPEATED);
  const names: Record<'outside' | 'unaccounted', string[]> = { outside: [], unaccounted: [] };
  const findings: string[] = [];
  const lostNumbers: SampleRequest[] = [];
  const repeatedIds: string[] = [];
  let delayed: SampleRequest[] = [];
  const at = (hour: number, index: number) => hour * perHour + index;
  makeBundle({
    folder,
    seed: 7,
    days: DAYS,
    requests: perHour,
    files: FILES,
    plants: {
      requests: (all, hour) => {
        for (const [index, request] of all.entries()) {
          if (outside.has(at(hour, index))) request.servedIn = index % 2 === 0 ? 'us-east-1' : 'eu-west-2';
          if (outside.has(at(hour, index))) names.outside.push(request.requestId);
          else if (lost.has(at(hour, index))) names.unaccounted.push(request.requestId);
          if (lost.has(at(hour, index))) lostNumbers.push(request);
        }
      },
      records: (all, hour) => {
        const arrived = all.filter((_, index) => !lost.has(at(hour, index)) && !late.has(at(hour, index)));
        const before = delayed;
        delayed = all.filter((_, index) => !lost.has(at(hour, index)) && late.has(at(hour, index)));
        return [...before, ...arrived];
      },
      events: (events, hour, file) =>
        events.flatMap((event, index) => {
          const isRepeated = repeated.has(at(hour, Math.ceil((file * perHour) / FILES) + index));
          if (isRepeated) repeatedIds.push((event as { requestID: string }).requestID);
          return isRepeated ? [event, event] : [event];
        }),
      isLate: (hour, file) => (hour * FILES + file) % 97 === 5,
      lines: (lines, hour) => {
        if (hour === 33) lines.unshift(...lines.splice(40, 1));
        if (hour === 77) lines[3] = (lines[3] as string).replace('"output":340', '"output":341');
        if (hour === 33 || hour === 77) findings.push(`failure ${hourFile(hour)}`);
      },
    },
  });
  // Numbers that follow each other are one gap.
  const followsLost = ({ stream, seq }: SampleRequest) =>
    lostNumbers.some((other) => other.stream === stream && other.seq === seq - 1);
  findings.push(...lostNumbers.filter((one) => !followsLost(one)).map(({ stream }) => `gap stream ${stream}`));
  const forged = forgeFiles(folder, findings);
  const notJoinable = forged.filter((id) => !names.outside.includes(id) && !names.unaccounted.includes(id)).length;
  const hidden = (ids: string[]) => ids.filter((id) => !forged.includes(id));
  const unjoinedOutside = names.outside.length - hidden(names.outside).length;
  const calls = {
    inside: perHour * DAYS * 24 - names.outside.length - names.unaccounted.length - notJoinable,
    outside: hidden(names.outside).length,
    unaccounted: hidden(names.unaccounted).length,
    notJoinable: notJoinable + unjoinedOutside,
  };
  return {
    calls,
    outside: hidden(names.outside),
    unaccounted: hidden(names.unaccounted),
    findings,
    repeated: hidden(repeatedIds).length,
  };
}

const hourFile = (hour: number): string =>
  `ledger/2026/11/${`${1 + Math.floor(hour / 24)}`.padStart(2, '0')}/${`${hour % 24}`.padStart(2, '0')}.ndjson.gz`;

/** Changes two files of events and adds one; the request IDs of the events that can't be trusted any more. */
function forgeFiles(folder: string, findings: string[]): string[] {
  const logs = openFolder(folder).files.filter((file) => file.includes('/CloudTrail/'));
  const changed = [logs[500], logs[900]] as string[];
  const ids = changed.flatMap((file) => {
    const target = path.join(folder, file);
    const text = gunzipSync(readFileSync(target)).toString();
    writeFileSync(target, gzipSync(text.replace('ConverseStream', 'converseStream')));
    findings.push(`failure ${file}`);
    return JSON.parse(text).Records.map(({ requestID }: { requestID: string }) => requestID);
  });
  const added = (logs[700] as string).replace('.json.gz', 'y.json.gz');
  writeFileSync(path.join(folder, added), readFileSync(path.join(folder, logs[700] as string)));
  findings.push(`failure ${added}`);
  return [...new Set<string>(ids)];
}
