import { findRetention, mayServeUnkept } from '../../boundary/retention';
import { type AnyDestination, decideOpenAi } from '../../boundary/server';
import { usableTargets } from '../model/usable';
import { present } from '../read/draft';
import { byDistance } from '../read/nearest';
import type { Problem } from '../read/problem';
import type { Subject } from './check';
import type { ResolvedModels } from './destinations';
import { openAiTerms } from './openai-terms';

/** No model of a project may lead to a provider that may keep what it is sent. */
export function checkUnkept(subject: Subject, { destinations }: ResolvedModels): Problem[] {
  const keepNothing = [...destinations]
    .filter(([, targets]) => targets.length > 0 && targets.every((target) => keptOf(subject, target) === undefined))
    .map(([id]) => id);
  return present(subject.draft.projects).flatMap(([index, project]) =>
    present(project.models).flatMap(([position, id]) =>
      (destinations.get(id) ?? []).flatMap((target) => {
        const kept = keptOf(subject, target);
        if (kept === undefined) return [];
        const text =
          `found '${id}', which may be served by '${target.id}', but a project keeps nothing, and ${kept}; ` +
          instead(subject, target.id, keepNothing);
        return [{ path: ['projects', index, 'models', position], text }];
      }),
    ),
  );
}

function keptOf({ boundary, draft }: Subject, target: AnyDestination): string | undefined {
  if (target.provider === 'bedrock') return whatIsKept(target.modelId);
  // What a server of the owner's own network keeps, the owner decides.
  if (target.provider === 'vpc' || boundary === undefined) return undefined;
  const decision = decideOpenAi(boundary, target.modelId, openAiTerms(draft.openai), false);
  return decision.inside ? undefined : decision.detail;
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
