import { closestFirst } from '../../boundary/alternatives';
import type { Destination } from '../../boundary/destination';
import { factsOf } from '../../boundary/facts-of';
import { decideProvider } from '../../boundary/provider';
import { mayServeWithoutRetention } from '../../boundary/retention';
import { type AnyDestination, decideOpenAi } from '../../boundary/server';
import type { Facts } from '../../facts/facts';
import { usableTargets } from '../model/usable';
import { present } from '../read/draft';
import type { Problem } from '../read/problem';
import { callers } from './callers';
import type { Subject } from './check';
import { declaredIn } from './declared-providers';
import type { ResolvedModels } from './destinations';
import { openAiTerms } from './openai-terms';

/** No model of a project may route to a provider that may retain content. */
export function checkRetainedContent(subject: Subject, { destinations }: ResolvedModels): Problem[] {
  const retainNothing = [...destinations]
    .filter(([, targets]) => targets.length > 0 && targets.every((target) => retainedBy(subject, target) === undefined))
    .map(([id]) => id);
  return callers(subject.draft).flatMap(([path, project]) =>
    present(project.models).flatMap(([position, id]) =>
      (destinations.get(id) ?? []).flatMap((target) => {
        const retained = retainedBy(subject, target);
        if (retained === undefined) return [];
        const text =
          `found '${id}', which '${target.id}' may serve, but a project requires ${required(retained)}; ` +
          instead(subject, target, retainNothing);
        return [{ path: [...path, 'models', position], text }];
      }),
    ),
  );
}

type Refusal = string | { readonly uncertain: string };

function retainedBy({ boundary, draft, azureChecks }: Subject, target: AnyDestination): Refusal | undefined {
  // The organisation decides what a server in its own network retains.
  if (target.provider === 'vpc' || boundary === undefined) return undefined;
  if (target.provider === 'bedrock') return retainedContent(factsOf(boundary), target);
  const { modelId: model, kind } = target;
  const declared = declaredIn(draft, azureChecks).find(({ name }) => name === target.providerName);
  const decision =
    declared === undefined
      ? decideOpenAi(boundary, model, openAiTerms(draft.openai), false)
      : decideProvider(boundary, declared, { model, kind }, { keepsContent: false });
  if (decision.inside) return undefined;
  return decision.reason === 'keeps-content' ? decision.detail : { uncertain: decision.detail };
}

/** Of a deployment in Azure, the place too must be more than its owner's claim. */
const required = (refusal: Refusal): string =>
  typeof refusal === 'string'
    ? `that nothing is retained, and ${refusal}`
    : `a recent check result, and ${refusal.uncertain}`;

/** Which part of a request is retained, and by which party; none when nothing is. */
export function retainedContent(
  facts: Facts,
  { modelId, api }: Pick<Destination, 'modelId' | 'api'>,
): string | undefined {
  const decision = mayServeWithoutRetention(facts, modelId, api);
  if (decision.inside) return undefined;
  const keeper = facts.retention(modelId)?.keeper;
  return keeper ? `${decision.detail}, retained by ${keeper}` : decision.detail;
}

function instead(
  { boundary, primary, draft }: Subject,
  target: AnyDestination,
  retainNothing: readonly string[],
): string {
  const targets =
    boundary === undefined || primary === undefined || draft.providers?.euOwnedOnly === true
      ? []
      : usableTargets(boundary, primary).filter(
          ({ modelId }) => mayServeWithoutRetention(factsOf(boundary), modelId).inside,
        );
  const byConverse =
    target.provider === 'bedrock' &&
    target.api !== undefined &&
    boundary !== undefined &&
    mayServeWithoutRetention(factsOf(boundary), target.modelId).inside;
  const ways = [
    ...(byConverse ? ["remove 'api' of that destination, which then uses Converse"] : []),
    ...(retainNothing.length > 0 ? [`use a model of this file that retains nothing: ${retainNothing.join(', ')}`] : []),
    ...(boundary !== undefined && targets.length > 0
      ? [
          `add a model with destinations that retain nothing, such as ${closestFirst(boundary, targets, target.id).slice(0, 3).join(', ')}`,
        ]
      : []),
  ];
  return ways.length > 0 ? ways.join('; or ') : 'the facts list no model here that retains nothing';
}
