import type { TemplateInput } from '../../guard/assembly/template-input';
import type { AssumedUse } from './assumed-use';
import type { CostLine, Part } from './cost-line';
import { type FixedPart, fixedPart } from './fixed-part';
import { type Gateway, gatewaysOf } from './gateways';
import { type Cents, sumOf } from './money';
import { usePart } from './use-part';

/** What a deployment costs in a month. */
export interface Bill {
  readonly fixed: FixedPart;
  readonly use: readonly CostLine[];
  readonly gateways: readonly Gateway[];
}

/**
 * The bill of a deployment by its templates.
 *
 * @param model the destination that is called; by default the first one of each tenant's first model
 */
export function billOf(templates: readonly TemplateInput[], use: AssumedUse, now: Date, model?: string): Bill {
  const gateways = gatewaysOf(templates);
  return { fixed: fixedPart(templates, now), use: usePart(gateways, use, now, model), gateways };
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
