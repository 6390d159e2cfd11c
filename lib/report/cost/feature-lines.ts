import { type AssumedUse, BACKGROUND, CONVERSION, GB, SCIM, TURN } from './assumed-use';
import type { CostLine } from './cost-line';
import { type Features, NO_FEATURES } from './features';
import type { Gateway } from './gateways';
import { centsOf } from './money';
import { type PriceId, servicePrice } from './price';

/** Units that one request, job, file or change needs. */
interface Units {
  readonly reads: number;
  readonly writes: number;
  readonly calls: number;
}

/** What each turn or request needs more, because of what its tenant has switched on. A read is cached for a minute; here it is counted each time. */
export function furtherUnits({ keys, scim, open, running, budgets }: Features = NO_FEATURES): Units {
  const units: Units[] = [
    ...(keys ? [{ reads: 1, writes: 0, calls: 1 }] : []),
    ...(scim ? [SCIM.decision] : []),
    ...(open ? [{ reads: 1, writes: 0, calls: 1 }] : []),
    // Its counter is read and raised before the request, and lowered after it.
    ...(running ? [{ reads: 1, writes: 2, calls: 3 }] : []),
    // Each counter is read before the request, and raised after it.
    ...(budgets ? [{ ...budgets, calls: budgets.reads + budgets.writes }] : []),
  ];
  const sum = (part: keyof Units) => units.reduce((total, one) => total + one[part], 0);
  return { reads: sum('reads'), writes: sum('writes'), calls: sum('calls') };
}

/** What the directory of SCIM, the jobs in the background and the conversion of office files cost besides the turns themselves. */
export function featureLines(gateway: Gateway, turns: number, use: AssumedUse, now: Date): CostLine[] {
  const { tenant, region, memory, features = NO_FEATURES } = gateway;
  const { scim, conversion, background } = features;
  const active = Math.round(use.members * use.active);
  const changes = use.members * SCIM.changes;
  const jobs = turns * (use.background ?? 0);
  const files = active * (use.officeFiles ?? 0);
  // The request itself, which is written in a transaction and read.
  const bytes = use.inputTokens * TURN.bytesOfToken;
  // The worker, and each request that reads the answer, checks what a turn checks. Only the worker's use is written, which the turn has already.
  const { budgets } = features;
  const further = furtherUnits({ ...features, ...(budgets && { budgets: { ...budgets, writes: 0 } }) });
  const checks = 1 + BACKGROUND.requests;
  const job = {
    calls: BACKGROUND.job.calls + checks * further.calls,
    reads: BACKGROUND.job.reads + Math.ceil(bytes / 4_096) + checks * further.reads,
    writes: BACKGROUND.job.writes + 2 * Math.ceil(bytes / 1_024) + checks * further.writes,
  };
  const stored = (use.members * SCIM.bytes) / GB;
  const quantities: [item: string, price: PriceId, quantity: number | undefined][] = [
    ...(scim === undefined
      ? []
      : ([
          ...work('changes by SCIM', changes, SCIM.change, SCIM.seconds, scim.gb),
          ['changes by SCIM: requests through the web ACL', 'web-acl-request', changes],
          ['changes by SCIM: requests of the API', 'api-request', changes],
          ['directory of SCIM in its table', 'table-storage', stored],
          ['backup of the directory', 'table-backup', stored],
        ] as Quantity[])),
    ...(!background || jobs === 0
      ? []
      : ([
          ...work('background jobs', jobs, job, TURN.seconds + BACKGROUND.requests, memory),
          ['background jobs: requests through the web ACL', 'web-acl-request', jobs * BACKGROUND.requests],
          ['background jobs: requests of the API', 'api-request', jobs * BACKGROUND.requests],
        ] as Quantity[])),
    ...(conversion === undefined || files === 0
      ? []
      : work('conversion of office files', files, CONVERSION.file, CONVERSION.seconds, conversion.gb)),
  ];
  return quantities.map(([item, id, quantity]) => {
    const price = servicePrice(id, region, now);
    return { tenant, part: 'use', region, item, quantity, price, cents: centsOf(price, quantity) };
  });
}

type Quantity = [item: string, price: PriceId, quantity: number | undefined];

/** Calls of a function, with what each does to tables and keys. */
function work(what: string, count: number, units: Units, seconds: number, memory: number | undefined): Quantity[] {
  return [
    [`${what}: calls of functions`, 'function-request', count],
    [`${what}: time of functions`, 'function-time', memory && count * seconds * memory],
    [`${what}: table reads`, 'table-read', count * units.reads],
    [`${what}: table writes`, 'table-write', count * units.writes],
    [`${what}: data events of the trail`, 'trail-event', count * units.calls],
    [`${what}: logs, written`, 'log-ingestion', (count * TURN.logBytes) / GB],
  ];
}
