import { columns } from '../../report/columns';
import type { DayOfUse } from '../../runtime/gateway/limits/read-usage';
import type { UsageCommand } from './usage-options';

/** What was used, by one of what it can be summed by. */
export interface Sum {
  readonly tenant: string;
  readonly kind: 'project' | 'workspace';
  readonly day?: string;
  readonly member?: string;
  readonly tokens: number;
}

/** Days of use of a tenant, summed. A tenant's own counts hold what its members' do, so only one of them is summed. */
export function sumsOf(kind: Sum['kind'], days: readonly DayOfUse[], by: UsageCommand['by']): Sum[] {
  const sums = new Map<string, Sum>();
  for (const { tenant, day, member, tokens } of days) {
    if ((member !== undefined) !== (by === 'member')) continue;
    const key = by === 'tenant' ? '' : by === 'day' ? day : `${member}`;
    const sum = { tenant, kind, ...(by === 'day' && { day }), ...(by === 'member' && { member }) };
    sums.set(key, { ...sum, tokens: tokens + (sums.get(key)?.tokens ?? 0) });
  }
  return [...sums.values()].sort((a, b) => (by === 'member' ? b.tokens - a.tokens : 0));
}

const HEADINGS = { tenant: ['tokens', 'tenant', 'kind'], day: ['day'], member: ['member'] };

/** Sums as a table for people. */
export function usageTable(sums: readonly Sum[], by: UsageCommand['by']): string {
  const headings = [...HEADINGS.tenant, ...(by === 'tenant' ? [] : HEADINGS[by])];
  const widest = Math.max(6, ...sums.map(({ tokens }) => `${tokens}`.length));
  const rows = sums.map(({ tokens, tenant, kind, day, member }) => [
    `${tokens}`.padStart(widest),
    tenant,
    kind,
    ...(by === 'tenant' ? [] : [day ?? member ?? '']),
  ]);
  return columns([headings, ...rows]).join('\n');
}
