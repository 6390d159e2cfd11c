import path from 'node:path';
import { readInputs } from '../../guard/assembly/read-inputs';
import { sumOfParts } from '../../report/cost/bill';
import type { Addition } from '../../report/cost/cost-table';
import { fixedPart } from '../../report/cost/fixed-part';
import type { Variant } from '../../report/cost/variant';
import type { Synthesis } from './synthesis';

/** What a further workspace, Region, recovery and zone of the egress cost: the differences of the variants from what is declared. */
export function additionsOf({ folder, variants }: Synthesis, now: Date): Addition[] {
  const sumOf = ({ name }: Variant) =>
    sumOfParts(fixedPart(readInputs([path.join(folder, name)]).templates, now).lines, 'fixed');
  const declared = sumOf({ name: 'declared' });
  return variants.flatMap((variant) => {
    if (variant.name === 'declared') return [];
    const varied = sumOf(variant);
    const sign = variant.name.startsWith('without-') ? -1 : 1;
    const isComplete = varied.isComplete && declared.isComplete;
    return [{ what: nameOf(variant), sum: { cents: sign * (varied.cents - declared.cents), isComplete } }];
  });
}

function nameOf(variant: Exclude<Variant, { readonly name: 'declared' }>): string {
  switch (variant.name) {
    case 'workspace':
      return 'A further workspace';
    case 'region':
      return `Models in a further Region, such as ${variant.region}`;
    case 'recovery':
      return `Recovery for all workspaces, such as in ${variant.region}`;
    case 'without-recovery':
      return `Recovery for all workspaces in ${variant.region}, included above`;
    case 'egress-zone':
      return `${ZONES[variant.zone]} of the egress, with its firewall and NAT gateway`;
    case 'without-egress-zone':
      return `${ZONES[variant.zone]} of the egress, included above`;
  }
}

const ZONES: Readonly<Record<number, string>> = { 2: 'A second zone', 3: 'A third zone' };
