import { TOKEN_KINDS, type TokenKind } from '../../contract/token-prices';
import { apportion } from '../../report/cost/apportion';
import { costHeadings, costRow } from '../../report/cost/cost-csv';
import type { CostLine } from '../../report/cost/cost-line';
import { type Currency, euroCents } from '../../report/cost/currency';
import { type Cents, centsOf, sumOf } from '../../report/cost/money';
import { tokenLine } from '../../report/cost/token-line';
import { csvLine } from '../../report/csv';
import type { DayOfUse } from '../../runtime/gateway/limits/read-usage';
import type { UsageCommand } from './usage-options';
import type { Sum } from './usage-sums';

/** A line of usage: whose it is, and what it costs in the form of `cost`. */
export interface UsageLine {
  /** A day, a month, or the first and last day: `2026-11-01/2026-11-30`. */
  readonly period: string;
  /** Empty where the line isn't of one group, label or model. */
  readonly group: string;
  readonly label: string;
  readonly model: string;
  readonly cost: CostLine;
}

/** Lines as CSV (RFC 4180), with the cells of `cost --format csv` after those that say whose they are. */
export function usageCsv(lines: readonly UsageLine[], currency?: Currency): string {
  const euros =
    currency === undefined
      ? []
      : divided(costsOf(lines), (same) => euroCents(sumOf(same.map(({ cents }) => cents)), currency));
  const rows = lines.map(({ period, group, label, model, cost }, index) => [
    ...[period, group, label, model],
    ...costRow(cost, currency, euros[index]),
  ]);
  return [['period', 'group', 'label', 'model', ...costHeadings(currency)], ...rows].map(csvLine).join('\n');
}

const costsOf = (lines: readonly UsageLine[]) => lines.map(({ cost }) => cost);

/**
 * The amounts of lines whose sums by kind and destination are what `cost` says for their tokens together. Amounts that are rounded line by
 * line wouldn't sum to it, and a line of a few tokens would cost nothing.
 *
 * @param amountOf the amount of all lines of one kind and destination
 * @returns none for a line without a cost
 */
function divided(costs: readonly CostLine[], amountOf: (same: readonly CostLine[]) => number): Cents[] {
  const amounts: Cents[] = costs.map(() => undefined);
  const groups = new Map<string, number[]>();
  for (const [index, { tenant, region, item, cents }] of costs.entries()) {
    if (cents === undefined) continue;
    const key = JSON.stringify([tenant, region, item]);
    groups.set(key, [...(groups.get(key) ?? []), index]);
  }
  for (const group of groups.values()) {
    const same = group.flatMap((index) => costs[index] ?? []);
    const parts = apportion(amountOf(same), same.map(tokensOf));
    for (const [n, index] of group.entries()) amounts[index] = parts[n];
  }
  return amounts;
}

const tokensOf = ({ quantity = 0 }: CostLine) => quantity;

/** Tokens of one kind of a destination; of an unknown kind and destination if there is none. */
interface Counted {
  readonly period: string;
  readonly label: string;
  readonly model: string;
  readonly at?: { readonly region: string; readonly destination: string; readonly kind: TokenKind };
  readonly tokens: number;
}

/**
 * What a project used: a line for each period, label, model, destination and kind of tokens. Tokens are summed before they are priced,
 * and the amount is divided among the lines, so that they sum to those of `cost` for the same tokens, whatever they are divided by.
 *
 * @param labels what each label used; those tokens are also in `days`
 */
export function linesOfProject(
  tenant: string,
  days: readonly DayOfUse[],
  labels: readonly DayOfUse[],
  { by, since, until }: Pick<UsageCommand, 'by' | 'since' | 'until'>,
  now: Date,
): UsageLine[] {
  const periodOf = (day: string) => (by === 'day' ? day : `${since}/${until}`);
  const counts = new Map<string, Counted>();
  const add = (use: DayOfUse, label: string, sign: 1 | -1) => {
    for (const { tokens, ...about } of countsOf(use)) {
      const count = { period: periodOf(use.day), label, ...about };
      const key = JSON.stringify(count);
      counts.set(key, { ...count, tokens: (counts.get(key)?.tokens ?? 0) + sign * tokens });
    }
  };
  for (const use of days) add(use, '', 1);
  for (const use of by === 'label' ? labels : []) {
    // What has a label isn't what has none.
    add(use, use.label ?? '', 1);
    add(use, '', -1);
  }
  const lines = [...counts.values()]
    .filter(({ tokens }) => tokens > 0)
    .map(({ period, label, model, at, tokens }) => ({
      ...{ period, group: '', label, model },
      cost: at ? tokenLine({ ...billed(tenant), ...placed(at), tokens }, now) : unknownLine(tenant, tokens),
    }));
  const cents = divided(costsOf(lines), (same) => {
    const tokens = same.reduce((all, one) => all + tokensOf(one), 0);
    return centsOf(same[0]?.price, tokens) ?? 0;
  });
  return lines.map((line, index) => ({ ...line, cost: { ...line.cost, cents: cents[index] } }));
}

const billed = (tenant: string) => ({ tenant: `project/${tenant}`, part: 'model' as const });
const placed = ({ region, destination: id, kind }: NonNullable<Counted['at']>) => ({ region, id, kind });

/** What version 0.1.0 counted, or a failed write left out, has no kind and no destination. Its cost is unknown, and never 0. */
const unknownLine = (tenant: string, tokens: number): CostLine => ({
  ...billed(tenant),
  region: '',
  item: 'tokens of an unknown kind and destination',
  quantity: tokens,
  cents: undefined,
});

/** The tokens of a day by all that is known of them. */
function countsOf({ tokens, models, destinations }: DayOfUse): Omit<Counted, 'period' | 'label'>[] {
  const known = destinations.flatMap(({ model, region, destination, tokens: byKind }) =>
    TOKEN_KINDS.map((kind) => ({ model, at: { region, destination, kind }, tokens: byKind[kind] })),
  );
  const sum = (some: readonly { readonly tokens: number }[]) => some.reduce((all, one) => all + one.tokens, 0);
  const names = [...new Set([...models.keys(), ...known.map(({ model }) => model)])];
  const rests = names.map((model) => ({
    model,
    tokens: (models.get(model)?.tokens ?? 0) - sum(known.filter((one) => one.model === model)),
  }));
  const withoutModel = tokens - sum([...models.values()]);
  return [...known, ...rests, { model: '', tokens: withoutModel }].filter((count) => count.tokens > 0);
}

/**
 * What a workspace used, by what was released of it. Only whole blocks are shown, and none has a cost: with the tokens of several models
 * and their cost, the share of one model would follow.
 */
export const linesOfWorkspace = (sums: readonly Sum[]): UsageLine[] =>
  sums.map(({ tenant, month = '', group = '', model = '', with: further, tokens }) => ({
    ...{ period: month, group, label: '', model },
    cost: {
      tenant: `workspace/${tenant}`,
      part: 'model',
      region: '',
      item: further === undefined ? 'tokens' : `tokens, with ${further}`,
      quantity: tokens,
      cents: undefined,
    },
  }));
