import { median } from '../statistics';
import type { Contender } from './contenders';
import { Client, closedLoop, KINDS, type Kind, type Sample, type Target } from './load';
import { waitedOf } from './processes';

/** Long enough for the engine to compile the hot code, which takes each contender some thousand calls. */
const WARM_UP_MS = 4_000;
/** Rounds of single requests, and the requests of one contender in a round: a slow moment affects all contenders of its round. */
export const [ROUNDS, PER_ROUND] = [40, 25];
/** Rounds under load. A turn is short, so that the turns of a round have the same neighbours on the machine. */
export const [LOAD_ROUNDS, LOAD_MS] = [12, 500];
export const CONCURRENCIES = [8, 32] as const;

/** A single request. */
export interface Single extends Sample {
  /** The milliseconds for which a process that took part in it was ready to run, and something else on the machine had its core. */
  readonly waited: number;
}

/** The rounds of single requests: of each, the samples by contender. */
export type Alone = readonly ReadonlyMap<string, readonly Single[]>[];

/** One turn of a contender under load. */
export interface Load {
  readonly perSecond: number;
  /** Processor milliseconds per request. */
  readonly cpu: number;
  readonly totals: readonly number[];
  readonly failed: number;
}

export const keyOf = ({ name }: Pick<Target, 'name'>, kind: Kind, concurrency = 1) => `${name} ${kind} ${concurrency}`;
export const isOk = ({ status }: Sample) => status >= 200 && status <= 299;

export async function warmUp(contenders: readonly Contender[]): Promise<void> {
  for (const target of contenders) for (const kind of KINDS) await closedLoop(target, kind, 4, WARM_UP_MS);
}

/** Single requests, in rounds. */
export async function oneAtATime(contenders: readonly Contender[]): Promise<Alone> {
  const client = new Client(1);
  const rounds: Map<string, Single[]>[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const samples = new Map<string, Single[]>();
    for (const target of contenders) {
      for (const kind of KINDS) {
        const list: Single[] = [];
        for (let i = 0; i < PER_ROUND; i++) list.push(await single(client, target, kind));
        samples.set(keyOf(target, kind), list);
      }
    }
    rounds.push(samples);
  }
  client.close();
  return rounds;
}

async function single(client: Client, target: Contender, kind: Kind): Promise<Single> {
  const waits = () => target.involved.reduce((sum, { waited }) => sum + waited(), waitedOf(process.pid));
  const before = waits();
  const sample = await client.send(target, kind);
  return { ...sample, waited: waits() - before };
}

/** The turns of each contender under load. Turns of equal index belong to one round. */
export async function underLoad(contenders: readonly Contender[]): Promise<ReadonlyMap<string, readonly Load[]>> {
  const loads = new Map<string, Load[]>();
  for (let round = 0; round < LOAD_ROUNDS; round++) {
    for (const concurrency of CONCURRENCIES) {
      for (const kind of KINDS) {
        for (const target of contenders) {
          const key = keyOf(target, kind, concurrency);
          loads.set(key, [...(loads.get(key) ?? []), await turn(target, kind, concurrency, LOAD_MS)]);
        }
      }
    }
  }
  return loads;
}

async function turn(target: Contender, kind: Kind, concurrency: number, ms: number): Promise<Load> {
  const before = target.running?.cpu() ?? 0;
  const samples = await closedLoop(target, kind, concurrency, ms);
  const used = (target.running?.cpu() ?? 0) - before;
  return {
    perSecond: samples.length / (ms / 1_000),
    cpu: used / samples.length,
    totals: samples.map(({ total }) => total),
    failed: samples.filter((sample) => !isOk(sample)).length,
  };
}

/** Pieces of a short stream, and of long ones: their pieces arrive together, or each alone. */
const [SHORT, TOGETHER, ALONE] = [50, 5_000, 5_001];

/** What one event of a long stream costs: processor microseconds, if events arrive together or alone; and the growth of memory in MB. */
export interface EventCost {
  readonly together: number;
  readonly alone: number;
  readonly growth: number;
}

export async function eventCost(target: Contender): Promise<EventCost> {
  const costs = async (tokens: number): Promise<number> => {
    const figures: number[] = [];
    for (let round = 0; round < 5; round++) {
      const short = await turn({ ...target, tokens: SHORT }, 'sse', 4, LOAD_MS);
      const long = await turn({ ...target, tokens }, 'sse', 4, LOAD_MS);
      figures.push(((long.cpu - short.cpu) / (tokens - SHORT)) * 1_000);
    }
    return median(figures);
  };
  const together = await costs(TOGETHER);
  const before = target.running?.rss() ?? 0;
  const alone = await costs(ALONE);
  return { together, alone, growth: (target.running?.rss() ?? 0) - before };
}
