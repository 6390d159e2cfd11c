import { columns } from '../../report/columns';
import type { DayOfUse } from '../../runtime/gateway/limits/read-usage';
import { tableWidth } from '../shared/table-width';
import type { UsageCommand } from './usage-options';

/** The tokens used by a tenant, or by one of its days or members. */
export interface Sum {
  readonly tenant: string;
  readonly kind: 'project' | 'workspace';
  readonly day?: string;
  readonly member?: string;
  readonly tokens: number;
}

/** A tenant's days of use, summed. A tenant's own counts include those of its members, so only one of the two is summed. */
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
  return columns([headings, ...rows], tableWidth()).join('\n');
}
