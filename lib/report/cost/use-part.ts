import type { AssumedUse } from './assumed-use';
import type { CostLine } from './cost-line';
import { egressLines } from './egress-lines';
import { featureLines } from './feature-lines';
import type { Gateway } from './gateways';
import { modelLines } from './model-lines';
import { turnLines } from './turn-lines';
import { userLines } from './user-lines';

/**
 * What the use of each tenant costs in a month.
 *
 * @param model the destination that is called; by default the first one of each tenant's first model
 * @param others the gateways of other accounts, whose workspaces share the free users
 */
export function usePart(
  gateways: readonly Gateway[],
  use: AssumedUse,
  now: Date,
  model?: string,
  others: readonly Gateway[] = [],
): CostLine[] {
  const workspacesOf = (all: readonly Gateway[]) => all.filter(({ tenant }) => tenant !== 'projects');
  return [
    ...userLines(workspacesOf(gateways), use, now, workspacesOf(others)),
    ...gateways.flatMap((gateway) => {
      const turns = gateway.tenant === 'projects' ? use.requests : Math.round(use.members * use.active) * use.turns;
      const further = gateway.tenant === 'projects' ? [] : featureLines(gateway, turns, use, now);
      if (turns === 0) return further;
      const called = model ?? Object.values(gateway.models)[0]?.[0] ?? '';
      return [
        ...turnLines(gateway, turns, use, now),
        ...egressLines(gateway, called, turns, use, now),
        ...further,
        ...modelLines(gateway, called, turns, use, now),
      ];
    }),
  ];
}
