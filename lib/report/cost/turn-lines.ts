import { type AssumedUse, GB, MONTH_DAYS, STORED_MONTHS, TURN } from './assumed-use';
import type { CostLine } from './cost-line';
import { furtherUnits } from './feature-lines';
import type { Gateway } from './gateways';
import { centsOf } from './money';
import { type PriceId, servicePrice } from './price';

/** What a number of turns, or of requests that store nothing, costs besides the model and the users. */
export function turnLines(gateway: Gateway, turns: number, use: AssumedUse, now: Date): CostLine[] {
  const { tenant, region, memory, days, features } = gateway;
  const further = furtherUnits(features);
  const stores = tenant !== 'projects';
  const newTokens = use.inputTokens * (1 - use.cached) + use.outputTokens;
  const months = Math.min(STORED_MONTHS, (days ?? Number.POSITIVE_INFINITY) / MONTH_DAYS);
  const stored = (turns * newTokens * TURN.bytesOfToken * months) / GB;
  const readUnits =
    TURN.furtherCalls + further.reads + (stores ? Math.ceil((use.inputTokens * TURN.bytesOfToken) / 4_096) : 0);
  // A transaction writes each unit twice. A segment's row has a header, and each count is a unit.
  const written = stores ? 2 * Math.ceil((TURN.segmentBytes + newTokens * TURN.bytesOfToken) / 1_024 + 1) : 0;
  const moved = (use.inputTokens + use.outputTokens) * TURN.bytesOfToken;
  const monthWrites = stores ? TURN.monthWrites : TURN.projectMonthWrites;
  const calls = TURN.furtherCalls + further.calls + (stores ? TURN.contentCalls + 1 : 0) + monthWrites;
  const writeUnits = written + 2 + further.writes + (stores ? TURN.linkWrites : 0) + monthWrites;
  const quantities: [item: string, price: PriceId, quantity: number | undefined][] = [
    ['requests through the web ACL', 'web-acl-request', turns],
    ['requests of the API', 'api-request', turns],
    ['calls of functions', 'function-request', turns],
    ['time of functions', 'function-time', memory && turns * TURN.seconds * memory],
    ['table reads', 'table-read', turns * readUnits],
    ['table writes', 'table-write', turns * writeUnits],
    ['requests to KMS', 'kms-request', turns * TURN.keyRequests],
    ['data events of the trail', 'trail-event', turns * calls],
    ['logs, written', 'log-ingestion', (turns * TURN.logBytes) / GB],
    ['logs, stored', 'log-storage', (turns * TURN.logBytes * STORED_MONTHS) / GB],
    ['data through interface endpoints', 'interface-endpoint-data', (turns * moved) / GB],
    ['data to the internet', 'internet-transfer', (turns * use.outputTokens * TURN.streamedBytesOfToken) / GB],
    ...(stores
      ? ([
          ['content in tables', 'table-storage', stored],
          ['backups of tables', 'table-backup', stored],
          ['files', 'bucket-storage', use.members * use.files],
        ] as [string, PriceId, number][])
      : []),
  ];
  return quantities.map(([item, id, quantity]) => {
    const price = servicePrice(id, region, now);
    return { tenant, part: 'use', region, item, quantity, price, cents: centsOf(price, quantity) };
  });
}
