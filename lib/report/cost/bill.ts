import type { TemplateInput } from '../../guard/assembly/template-input';
import type { AssumedUse } from './assumed-use';
import type { CostLine, Part } from './cost-line';
import { type FixedPart, fixedPart } from './fixed-part';
import { type Gateway, gatewaysOf } from './gateways';
import { type Cents, centsOf, sumOf } from './money';
import { servicePrice } from './price';
import { SHARED } from './tenant-of';
import { usePart } from './use-part';

/** What a deployment costs in a month. */
export interface Bill {
  readonly fixed: FixedPart;
  readonly use: readonly CostLine[];
  readonly gateways: readonly Gateway[];
}

/** How a bill is made. */
export interface BillOptions {
  readonly use: AssumedUse;
  /** The time by which prices are stale. */
  readonly now: Date;
  /** @default - the first destination of each tenant's first model is called */
  readonly model?: string;
  /**
   * The number of metrics that the requests of some gateways send.
   *
   * @default - they aren't counted
   */
  readonly metricsOf?: (used: readonly Gateway[]) => number;
  /**
   * The templates of other accounts in the same bill, whose workspaces share the free users.
   *
   * @default - none
   */
  readonly others?: readonly TemplateInput[];
}

/** The bill of a deployment by its templates. */
export function billOf(
  templates: readonly TemplateInput[],
  { use, now, model, metricsOf, others = [] }: BillOptions,
): Bill {
  const gateways = gatewaysOf(templates);
  const lines = usePart(gateways, use, now, model, gatewaysOf(others));
  const used = gateways.filter(({ tenant }) => lines.some((line) => line.tenant === tenant && line.part === 'model'));
  const metrics = metricsOf === undefined || used.length === 0 ? [] : [metricsLine(metricsOf(used), used, now)];
  return { fixed: fixedPart(templates, now), use: [...metrics, ...lines], gateways };
}

/** A metric is billed for the hours in which requests send it: these are counted as all hours. */
function metricsLine(quantity: number, [first]: readonly Gateway[], now: Date): CostLine {
  const region = first?.region ?? '';
  const price = servicePrice('custom-metric', region, now);
  const item = 'metrics of requests';
  return { tenant: SHARED, part: 'use', region, item, quantity, price, cents: centsOf(price, quantity) };
}

/** The sum of the lines of some parts, and whether it is all that is due. */
export interface Sum {
  readonly cents: number;
  readonly isComplete: boolean;
}

export function sumOfParts(lines: readonly CostLine[], ...parts: readonly Part[]): Sum {
  const cents: Cents[] = lines.filter(({ part }) => parts.includes(part)).map((line) => line.cents);
  return { cents: sumOf(cents), isComplete: !cents.includes(undefined) };
}
