import { columns } from '../../report/columns';
import type { DayOfUse } from '../../runtime/gateway/limits/read-usage';
import type { Use } from '../../runtime/gateway/limits/use';
import { tableWidth } from '../shared/table-width';
import type { UsageCommand } from './usage-options';

/** The tokens used by a tenant, or by one of its days, members or models. */
export interface Sum extends Use {
  readonly tenant: string;
  readonly kind: 'project' | 'workspace';
  readonly day?: string;
  readonly member?: string;
  /** Absent for tokens that a version without counts of models counted. */
  readonly model?: string;
}

/** A tenant's days of use, summed. A tenant's own counts include those of its members, so only one of the two is summed. */
export function sumsOf(kind: Sum['kind'], days: readonly DayOfUse[], by: UsageCommand['by']): Sum[] {
  const sums = new Map<string | undefined, Sum>();
  const add = (key: string | undefined, about: Partial<Sum>, tenant: string, use: Use) => {
    const { tokens, cached, cacheWrite } = sums.get(key) ?? NONE;
    const sum = { tokens: tokens + use.tokens, cached: cached + use.cached, cacheWrite: cacheWrite + use.cacheWrite };
    sums.set(key, { tenant, kind, ...about, ...sum });
  };
  for (const use of days) {
    const { tenant, day, member, models } = use;
    if ((member !== undefined) !== (by === 'member')) continue;
    if (by === 'tenant') add('', {}, tenant, use);
    else if (by === 'day') add(day, { day }, tenant, use);
    else if (by === 'member') add(member, { member }, tenant, use);
    else {
      for (const [model, one] of models) add(model, { model }, tenant, one);
      const rest = lessModels(use);
      if (rest.tokens > 0) add(undefined, {}, tenant, rest);
    }
  }
  return [...sums.values()].sort((a, b) => (by === 'member' || by === 'model' ? b.tokens - a.tokens : 0));
}

const NONE: Use = { tokens: 0, cached: 0, cacheWrite: 0 };

/** What no model is known for. Caches were not counted before models were. */
const lessModels = ({ tokens, models }: DayOfUse): Use => ({
  ...NONE,
  tokens: [...models.values()].reduce((left, use) => left - use.tokens, tokens),
});

/** Sums as a table for people. Caches have columns if any was used. */
export function usageTable(sums: readonly Sum[], by: UsageCommand['by']): string {
  const numbers = [
    ['tokens', ({ tokens }: Sum) => tokens],
    ...(sums.some(({ cached, cacheWrite }) => cached + cacheWrite > 0)
      ? ([
          ['cached', ({ cached }: Sum) => cached],
          ['written', ({ cacheWrite }: Sum) => cacheWrite],
        ] as const)
      : []),
  ] as const;
  const headings = [...numbers.map(([heading]) => heading), 'tenant', 'kind', ...(by === 'tenant' ? [] : [by])];
  const widths = numbers.map(([heading, of]) => Math.max(heading.length, ...sums.map((sum) => `${of(sum)}`.length)));
  const rows = sums.map((sum) => [
    ...numbers.map(([, of], n) => `${of(sum)}`.padStart(widths[n] ?? 0)),
    sum.tenant,
    sum.kind,
    ...(by === 'tenant' ? [] : [sum[by] ?? '-']),
  ]);
  return columns([headings, ...rows], tableWidth()).join('\n');
}
