import { visible } from '../../html/visible';
import { columns } from '../../report/columns';
import type { DayOfUse } from '../../runtime/gateway/limits/read-usage';
import type { CacheUse, Use } from '../../runtime/gateway/limits/use';
import type { ReleasedMonth } from '../../runtime/gateway/usage/read-released';
import { tableWidth } from '../shared/table-width';
import type { UsageCommand } from './usage-options';

/** The tokens used by a tenant, or by one of its days, groups, members or models. */
export interface Sum extends Partial<CacheUse> {
  readonly tokens: number;
  readonly tenant: string;
  readonly kind: 'project' | 'workspace';
  /** The month of a workspace's use, which is shown by whole months only. */
  readonly month?: string;
  readonly day?: string;
  /** Absent for the members of all groups that aren't shown on their own. */
  readonly group?: string;
  readonly member?: string;
  /** Absent for keys without a label, and for what earlier versions counted. */
  readonly label?: string;
  /** Absent for models that aren't shown on their own, and for what a version without counts of models counted. */
  readonly model?: string;
  /** What the line includes, because too few members used it to be shown on its own. */
  readonly with?: 'other groups' | 'other models';
}

/** The use of a project, which has no members. */
export function sumsOfProject(days: readonly DayOfUse[], by: UsageCommand['by']): Sum[] {
  const sums = new Sums('project');
  for (const use of days) {
    const { tenant, day, models } = use;
    if (by === 'day') sums.add({ tenant, day }, use);
    else if (by === 'model') {
      for (const [model, one] of models) sums.add({ tenant, model }, one);
      const rest = lessModels(use);
      if (rest.tokens > 0) sums.add({ tenant }, rest);
    } else sums.add({ tenant }, use);
  }
  return sums.all(by);
}

/** The use of a project by the labels of its keys. What is left of its total has no label. */
export function sumsOfLabels(days: readonly DayOfUse[], labels: readonly DayOfUse[]): Sum[] {
  const sums = new Sums('project');
  const left = new Map<string, Use>();
  const change = (use: DayOfUse, sign: 1 | -1) => {
    const { tokens = 0, cached = 0, cacheWrite = 0 } = left.get(use.tenant) ?? {};
    left.set(use.tenant, {
      tokens: tokens + sign * use.tokens,
      cached: cached + sign * use.cached,
      cacheWrite: cacheWrite + sign * use.cacheWrite,
    });
  };
  for (const use of days) change(use, 1);
  for (const use of labels) {
    sums.add({ tenant: use.tenant, label: use.label }, use);
    change(use, -1);
  }
  // A count that couldn't be written makes a total lower than its labels.
  for (const [tenant, use] of left) if (use.tokens > 0) sums.add({ tenant }, use);
  return sums.all('label');
}

/** The use of a workspace as it was released: each line is a sum of whole blocks. */
export function sumsOfWorkspace(tenant: string, months: readonly ReleasedMonth[], by: UsageCommand['by']): Sum[] {
  const sums = new Sums('workspace');
  for (const { month, blocks } of months) {
    for (const { group, model, withGroups, withModels, tokens } of blocks) {
      const about = {
        tenant,
        month,
        ...(by === 'group' && group !== null && { group }),
        ...(by === 'model' && model !== null && { model }),
      };
      const hasGroups = by === 'group' && withGroups === true;
      // A block that includes other groups includes their models too.
      const hasModels = by === 'model' && (withModels === true || withGroups === true);
      sums.add(about, { tokens }, hasGroups ? 'other groups' : hasModels ? 'other models' : undefined);
    }
  }
  return sums.all(by);
}

/** The use of a workspace has no caches. */
type Used = Pick<Sum, 'tokens' | 'cached' | 'cacheWrite'>;

class Sums {
  private readonly sums = new Map<string, Sum>();

  constructor(private readonly kind: Sum['kind']) {}

  public add(about: Omit<Sum, keyof Used | 'kind'>, use: Used, included?: Sum['with']): void {
    const key = JSON.stringify(about);
    const { tokens = 0, cached = 0, cacheWrite = 0, with: before } = this.sums.get(key) ?? {};
    const all = included ?? before;
    this.sums.set(key, {
      kind: this.kind,
      ...about,
      ...(all && { with: all }),
      tokens: tokens + use.tokens,
      ...(use.cached !== undefined && { cached: cached + use.cached }),
      ...(use.cacheWrite !== undefined && { cacheWrite: cacheWrite + use.cacheWrite }),
    });
  }

  public all(by: UsageCommand['by']): Sum[] {
    const order = (a: Sum, b: Sum) => (a.month ?? '').localeCompare(b.month ?? '') || b.tokens - a.tokens;
    return [...this.sums.values()].sort(by === 'model' || by === 'group' || by === 'label' ? order : () => 0);
  }
}

/** What no model is known for. Caches were not counted before models were. */
const lessModels = ({ tokens, models }: DayOfUse): Use => ({
  tokens: [...models.values()].reduce((left, use) => left - use.tokens, tokens),
  cached: 0,
  cacheWrite: 0,
});

/** Sums as a table for people. Caches have columns if any was used, and months if a workspace's use is among them. */
export function usageTable(sums: readonly Sum[], by: UsageCommand['by']): string {
  const numbers = [
    ['tokens', ({ tokens }: Sum) => tokens],
    ...(sums.some(({ cached = 0, cacheWrite = 0 }) => cached + cacheWrite > 0)
      ? ([
          ['cached', ({ cached }: Sum) => cached],
          ['written', ({ cacheWrite }: Sum) => cacheWrite],
        ] as const)
      : []),
  ] as const;
  const names = [
    ...(sums.some(({ month }) => month !== undefined) ? (['month'] as const) : []),
    ...(by === 'tenant' ? [] : [by]),
    ...(sums.some((sum) => sum.with !== undefined) ? (['with'] as const) : []),
  ];
  const headings = [...numbers.map(([heading]) => heading), 'tenant', 'kind', ...names];
  const widths = numbers.map(([heading, of]) =>
    Math.max(heading.length, ...sums.map((sum) => `${of(sum) ?? '-'}`.length)),
  );
  const rows = sums.map((sum) => [
    ...numbers.map(([, of], n) => `${of(sum) ?? '-'}`.padStart(widths[n] ?? 0)),
    sum.tenant,
    sum.kind,
    ...names.map((name) => visible(sum[name] ?? '-')),
  ]);
  return columns([headings, ...rows], tableWidth()).join('\n');
}
