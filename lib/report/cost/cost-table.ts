import { wrap } from '../../guard/report/wrap';
import { columns } from '../columns';
import type { AssumedUse } from './assumed-use';
import { type Bill, type Sum, sumOfParts } from './bill';
import type { CostLine } from './cost-line';
import { type Currency, euroCents } from './currency';
import { amount, dollars } from './money';
import { pricePhrase, quantityPhrase } from './price';
import { unpricedNotes } from './unpriced';

/** What one thing more costs in a month. */
export interface Addition {
  /** `a further workspace` */
  readonly what: string;
  readonly sum: Sum;
}

export interface CostTableOptions {
  readonly use: AssumedUse;
  readonly additions: readonly Addition[];
  /** @default - only US dollars */
  readonly currency?: Currency;
  /** @default - each line in one row, whatever its length */
  readonly width?: number;
}

/** A bill as tables for people. */
export function costTable(bill: Bill, { use, additions, currency, width }: CostTableOptions): string {
  const money = (sum: Sum) => moneyOf(sum, currency);
  const lines = [...bill.fixed.lines, ...bill.use];
  const members = use.members * bill.gateways.filter(({ tenant }) => tenant !== 'projects').length;
  const text = (line: string) => wrap(line, width ?? Number.POSITIVE_INFINITY);
  const total = (...parts: Parameters<typeof sumOfParts> extends [unknown, ...infer P] ? P : never) =>
    sumOfParts(lines, ...parts);
  const plain = total('fixed', 'use', 'model');
  const cached = total('fixed', 'use', 'cached-model');
  return [
    ...columns(rowsOf(bill.fixed.lines, currency), width),
    '',
    ...tenantsOf(bill.fixed.lines).flatMap(({ tenant, sum }) =>
      text(`Fixed part of ${tenant}: ${money(sum)} per month`),
    ),
    ...text(`Fixed part: ${money(total('fixed'))} per month`),
    ...additions.flatMap(({ what, sum }) => text(`${what}: ${money(sum)} per month`)),
    ...(bill.use.length === 0
      ? []
      : ['', ...text(assumptions(use)), '', ...columns(rowsOf(bill.use, currency), width), '']),
    ...(bill.use.length === 0
      ? []
      : [
          ...text(`Use without models: ${money(total('use'))} per month`),
          ...text(
            `Models without their cache: ${money(total('model'))} per month, with it: ${money(total('cached-model'))}`,
          ),
          ...text(`Total: ${money(plain)} per month, with the cache ${money(cached)}`),
          ...(members === 0
            ? []
            : text(
                `For each member: ${money(share(plain, members))} per month, with the cache ${money(share(cached, members))}`,
              )),
        ]),
    ...notes(bill, currency).flatMap((note) => ['', ...text(note)]),
  ].join('\n');
}

const share = ({ cents, isComplete }: Sum, heads: number): Sum => ({ cents: Math.round(cents / heads), isComplete });

function moneyOf({ cents, isComplete }: Sum, currency?: Currency): string {
  const euros = currency === undefined ? '' : ` (€${amount(euroCents(cents, currency))})`;
  return `${dollars(cents)}${euros}${isComplete ? '' : ' and what is unknown'}`;
}

function tenantsOf(lines: readonly CostLine[]) {
  return [...new Set(lines.map(({ tenant }) => tenant))].map((tenant) => ({
    tenant,
    sum: sumOfParts(
      lines.filter((line) => line.tenant === tenant),
      'fixed',
    ),
  }));
}

function rowsOf(lines: readonly CostLine[], currency?: Currency): string[][] {
  const texts = lines.map(({ cents }) => dollars(cents));
  const euros = lines.map(({ cents }) =>
    currency === undefined || cents === undefined ? 'unknown' : amount(euroCents(cents, currency)),
  );
  const right = (cells: readonly string[], index: number) =>
    (cells[index] ?? '').padStart(Math.max(...cells.map(({ length }) => length)));
  const headings = ['TENANT', 'REGION', 'ITEM', 'QUANTITY', 'PRICE', 'USD', ...(currency ? ['EUR'] : [])];
  const rows = lines.map(({ tenant, region, item, quantity, price }, index) => [
    ...[tenant, region, item],
    quantity === undefined ? 'unknown' : quantityPhrase(quantity, price?.unit ?? ''),
    price === undefined ? 'unknown' : pricePhrase(price),
    right(texts, index),
    ...(currency ? [right(euros, index)] : []),
  ]);
  return [headings, ...rows];
}

function assumptions({
  members,
  active,
  turns,
  requests,
  inputTokens,
  outputTokens,
  cached,
  files,
  background = 0,
  officeFiles = 0,
}: AssumedUse): string {
  const percent = (part: number) => `${Number((part * 100).toFixed(1))} %`;
  return (
    `Use in a month: ${members} members in each workspace, ${percent(active)} of them active with ${turns} turns each; ${requests} requests ` +
    `to projects. A turn or request has ${inputTokens} tokens of input, ${percent(cached)} of them from earlier turns, and ${outputTokens} of ` +
    `output. Files of each member: ${files} GB.` +
    (background === 0 ? '' : ` In the background: ${percent(background)} of the turns, where a workspace has it.`) +
    (officeFiles === 0 ? '' : ` Office files of each active member: ${officeFiles}, where a workspace converts them.`)
  );
}

function notes({ fixed, use }: Bill, currency?: Currency): string[] {
  return [
    ...(fixed.unknown.length === 0 ? [] : [`Unknown prices: ${fixed.unknown.join(', ')}.`]),
    ...unpricedNotes(use),
    ...(currency === undefined
      ? []
      : [`Euros by the rate of residency.yaml, as of ${currency.asOf}: ${currency.EUR} for $1.`]),
    'Without taxes, discounts, credits and free amounts, except those of Cognito. docs/COST.md lists what is counted and what is not.',
  ];
}
