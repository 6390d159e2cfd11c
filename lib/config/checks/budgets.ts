import { policyPrice } from '../../contract/policy-prices';
import { type Partly, present } from '../read/draft';
import type { Path, Problem } from '../read/problem';
import type { ResidencyFile } from '../schema/schema';
import { callers } from './callers';
import type { Subject } from './check';
import type { ResolvedModels } from './destinations';

interface Tenant {
  readonly limits?: object | undefined;
  readonly models?: readonly (string | undefined)[] | undefined;
}

/** A budget in money can be counted: its currency has a rate, and everything that its tenant may call has a price. */
export function checkBudgets({ draft }: Subject, models: ResolvedModels): Problem[] {
  const workspaces = present(draft.workspaces).map(([index, tenant]): [Path, Tenant] => [
    ['workspaces', index],
    tenant,
  ]);
  const tenants: [Path, Tenant][] = [...workspaces, ...callers(draft)];
  const hasCurrency = draft.currency !== undefined;
  return [
    ...tenants.flatMap(([path, tenant]) =>
      budgetProblems([...path, 'limits'], tenant.limits ?? {}, hasCurrency, tenant.models, models),
    ),
    ...present(draft.workspaces).flatMap(([index, workspace]) =>
      budgetsIn(workspace).flatMap(([path, limits, called]) =>
        budgetProblems(['workspaces', index, ...path], limits, hasCurrency, called, models),
      ),
    ),
  ];
}

type Workspace = Partly<NonNullable<ResidencyFile['workspaces']>[number]>;

/** The budgets of groups and courses, each with its path and the models that may charge it. */
function budgetsIn({ groups, courses, models }: Workspace): [Path, object, Tenant['models']][] {
  return [
    ...present(groups).map(([nth, { limits }]): [Path, object, Tenant['models']] => [
      ['groups', nth, 'limits'],
      limits ?? {},
      models,
    ]),
    ...present(courses).flatMap(([nth, course]): [Path, object, Tenant['models']][] => [
      [['courses', nth, 'budget'], course.budget ?? {}, course.models ?? models],
      [['courses', nth, 'budgetPerMember'], course.budgetPerMember ?? {}, course.models ?? models],
    ]),
  ];
}

/**
 * The problems of the budgets in some limits.
 *
 * @param limits limits of which those in money begin with `usd` or `eur`
 * @param called the models that the owner of the limits may call
 */
export function budgetProblems(
  path: Path,
  limits: object,
  hasCurrency: boolean,
  called: Tenant['models'],
  models: ResolvedModels,
): Problem[] {
  const inMoney = Object.entries(limits).filter(
    ([name, value]) => /^(?:usd|eur)(?:Per|$)/.test(name) && value !== undefined,
  );
  const unpriced = inMoney.length > 0 ? firstUnpriced(called, models) : undefined;
  return inMoney.flatMap(([name]): Problem[] => {
    const at = [...path, name];
    if (name.startsWith('eur') && name.replace('eur', 'usd') in limits) {
      return [{ path: at, text: `is set next to '${name.replace('eur', 'usd')}'; keep one of them`, atKey: true }];
    }
    if (name.startsWith('eur') && !hasCurrency) {
      const text =
        "needs your rate of euros for US dollars, in which prices are; add for example 'currency: { EUR: 0.86, asOf: 2026-11-24 }', " +
        `or set '${name.replace('eur', 'usd')}'`;
      return [{ path: at, text, atKey: true }];
    }
    if (unpriced === undefined) return [];
    const text =
      `can't be counted, because the facts have no reliable price of '${unpriced.destination}', a destination of model '${unpriced.model}'; ` +
      `set '${name.replace(/^(?:usd|eur)/, 'tokens')}' instead, or name destinations with a price ('eu-residency models' shows them)`;
    return [{ path: at, text, atKey: true }];
  });
}

function firstUnpriced(called: Tenant['models'], { destinations }: ResolvedModels) {
  for (const [, model] of present(called)) {
    const found = destinations.get(model)?.find((destination) => policyPrice(destination) === undefined);
    if (found !== undefined) return { model, destination: found.id };
  }
  return undefined;
}
