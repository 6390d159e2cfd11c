import { findRetention, mayServeUnkept } from '../../boundary/retention';
import { present } from '../draft';
import { byDistance } from '../nearest';
import type { Problem } from '../problem';
import { usableTargets } from '../usable';
import type { Subject } from './check';
import type { ResolvedModels } from './destinations';

/** No model of a project may lead to a provider that may keep what it is sent. */
export function checkUnkept(subject: Subject, { destinations }: ResolvedModels): Problem[] {
  const keepNothing = [...destinations]
    .filter(([, targets]) => targets.length > 0 && targets.every(({ modelId }) => mayServeUnkept(modelId).inside))
    .map(([id]) => id);
  return present(subject.draft.projects).flatMap(([index, project]) =>
    present(project.models).flatMap(([position, id]) =>
      (destinations.get(id) ?? []).flatMap((target) => {
        const kept = whatIsKept(target.modelId);
        if (kept === undefined) return [];
        const text =
          `found '${id}', which may be served by '${target.id}', but a project keeps nothing, and ${kept}; ` +
          instead(subject, target.id, keepNothing);
        return [{ path: ['projects', index, 'models', position], text }];
      }),
    ),
  );
}

/** What of a request is kept, and by whom, when that is more than nothing. */
export function whatIsKept(modelId: string): string | undefined {
  const decision = mayServeUnkept(modelId);
  if (decision.inside) return undefined;
  const keeper = findRetention(modelId)?.keeper;
  return keeper ? `${decision.detail}, kept by ${keeper}` : decision.detail;
}

function instead({ boundary, primary }: Subject, target: string, keepNothing: readonly string[]): string {
  const ids =
    boundary === undefined || primary === undefined
      ? []
      : usableTargets(boundary, primary)
          .filter(({ modelId }) => mayServeUnkept(modelId).inside)
          .map(({ id }) => id);
  const ways = [
    ...(keepNothing.length > 0 ? [`use a model of this file that keeps nothing: ${keepNothing.join(', ')}`] : []),
    ...(ids.length > 0
      ? [`add a model with destinations that keep nothing, such as ${byDistance(target, ids).slice(0, 3).join(', ')}`]
      : []),
  ];
  return ways.length > 0 ? ways.join('; or ') : 'the facts know no model here that keeps nothing';
}
