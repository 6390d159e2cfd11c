import { readFileSync } from 'node:fs';

/** What an action of a trace did: its name and arguments, and whether it was accepted. */
export interface Action {
  readonly nth: number;
  readonly act: string;
  readonly id: number;
  readonly user: string;
  readonly by: string;
  readonly arg: string;
  readonly ok: boolean;
}

/** A job of the model; -1 is no time, and '' no person. */
export interface ModelJob {
  readonly kind: string;
  readonly user: string;
  readonly by: string;
  readonly step: string;
  readonly state: string;
  readonly notBefore: number;
  readonly recipient: string;
  readonly releaseFrom: number;
  readonly releasedBy: string;
  readonly confirmedBy: string;
  readonly version: number;
}

/** A row that lists an export, in the model. */
interface ModelListing {
  readonly ready: boolean;
  readonly until: number;
  readonly gone: number;
}

type PerUser<T> = readonly (readonly [string, T])[];

/** The model's state as a trace has it; maps are lists of pairs. */
export interface ModelState {
  readonly now: number;
  readonly jobs: readonly ModelJob[];
  readonly content: PerUser<readonly string[]>;
  readonly key: PerUser<number>;
  readonly mark: readonly string[];
  readonly erasing: PerUser<number>;
  readonly pending: PerUser<number>;
  readonly holds: readonly { readonly user: string; readonly open: boolean }[];
  readonly listings: readonly (readonly [readonly [string, number], ModelListing])[];
  readonly files: readonly number[];
  readonly certificates: readonly number[];
  readonly isClosed: boolean;
}

export interface TraceStep {
  readonly action: Action;
  readonly state: ModelState;
}

/** Reads a trace in Quint's format, https://apalache-mc.org/docs/adr/015adr-trace.html */
export function readTrace(file: string): readonly TraceStep[] {
  const { states } = JSON.parse(readFileSync(file, 'utf8'));
  return states.map(({ s, last }: { s: unknown; last: unknown }) => ({ action: plain(last), state: plain(s) }));
}

/** Numbers, sets, tuples and maps have wrappers in the format. */
// biome-ignore lint/suspicious/noExplicitAny: JSON has no types
function plain(value: any): any {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  if ('#bigint' in value) return Number(value['#bigint']);
  for (const wrapper of ['#set', '#tup', '#map']) if (wrapper in value) return plain(value[wrapper]);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plain(part)]));
}
