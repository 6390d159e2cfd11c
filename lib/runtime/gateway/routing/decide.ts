import { factsOf } from '../../../boundary/facts-of';
import { likelyKind } from '../../../boundary/model-kind';
import type { AnyDestination } from '../../../boundary/server';
import type { Facts } from '../../../facts/facts';
import type { RequestLog } from '../../http/records/request-log';
import { ApiError } from '../errors/api-error';
import type { AdmittedPolicy } from '../policy/admitted-policy';
import type { ModelRefusal } from './model-refusal';
import { findRawModel, type RawModel } from './raw-model';

export interface Allowed {
  readonly allowed: true;
  /** The policy's name of the model. */
  readonly alias: string;
  /** At least one, in the order in which they are tried. All are inside the boundary. */
  readonly destinations: readonly AnyDestination[];
}

export interface Denied {
  readonly allowed: false;
  readonly reason: ModelRefusal;
  readonly message: string;
}

/** The destinations that may serve a chat with the model that a client names, or the reason why none may. */
export function decideChatModel(policy: AdmittedPolicy, model: string): Allowed | Denied {
  return decideModelFor(
    policy,
    model,
    chatsBy(factsOf(policy.boundary)),
    'not-for-chat',
    "the model doesn't support chats",
  );
}

/** The destinations that may serve the model that a client names and support the operation, or the reason why none may. */
export function decideModelFor(
  policy: AdmittedPolicy,
  model: string,
  does: (destination: AnyDestination) => boolean,
  reason: ModelRefusal,
  message: string,
): Allowed | Denied {
  const decision = decideModel(policy, model);
  if (!decision.allowed) return decision;
  const destinations = decision.destinations.filter(does);
  return destinations.length > 0
    ? { ...decision, destinations }
    : denied(reason, `${message}; ${available(policy, servedNames(policy, does))}`);
}

/** The destinations that may serve the model that a client names, for any operation, or the reason why none may. */
export function decideModel(policy: AdmittedPolicy, model: string): Allowed | Denied {
  const unverified = policy.unverified?.get(model);
  if (unverified !== undefined) return denied('unverified', unverified);
  const destinations = policy.models.get(model);
  if (destinations !== undefined) return { allowed: true, alias: model, destinations };
  const ended = policy.ended?.get(model);
  if (ended !== undefined) return denied('ended', `${ended}; ${available(policy)}`);
  const raw = findRawModel(policy, model);
  return raw === undefined
    ? denied('unknown-model', `no model of that name is available; ${available(policy)}`)
    : denied(raw.outside ? 'outside-boundary' : 'not-an-alias', rawMessage(policy, raw));
}

/**
 * The decision, if it allows the model.
 *
 * @throws ApiError with the reason otherwise
 */
export function allowOrRefuse(decision: Allowed | Denied, log: RequestLog): Allowed {
  if (decision.allowed) return decision;
  const { reason, message } = decision;
  log.reason = reason;
  const param = 'model';
  switch (reason) {
    case 'unverified':
      throw new ApiError(503, 'residency_unverified', message, { param, headers: { 'retry-after': '60' } });
    case 'outside-boundary':
      throw new ApiError(403, 'residency_model_refused', message, { param });
    case 'ended':
      // Not a 503, which clients repeat: only a deployment changes it.
      throw new ApiError(404, 'model_ended', message, { param });
    case 'not-for-chat':
    case 'not-for-embeddings':
      throw new ApiError(400, 'model_not_supported', message, { param });
    case 'unknown-model':
    case 'not-an-alias':
      throw new ApiError(404, 'model_not_found', message, { param });
  }
}

/** The names of the models with a destination that supports the operation: `'assistant', 'fast'`. */
export function servedNames(policy: AdmittedPolicy, does: (destination: AnyDestination) => boolean): string {
  return namesOf(policy, (name) => policy.models.get(name)?.some(does) ?? false);
}

/** The names of some of the models: `'assistant', 'fast'`. */
export const namesOf = (policy: AdmittedPolicy, fits: (name: string) => boolean): string =>
  quoted([...policy.models.keys()].filter(fits));

const denied = (reason: ModelRefusal, message: string): Denied => ({ allowed: false, reason, message });

function rawMessage(policy: AdmittedPolicy, raw: RawModel): string {
  const instead =
    raw.sameModel.length > 0
      ? `the same model is served inside ${policy.boundary.label} as ${quoted(raw.sameModel)}`
      : available(policy, quoted(raw.closest));
  return `'model' is ${raw.what}, and this gateway accepts only its deployment's model names: ${raw.why}; ${instead}`;
}

const available = (policy: AdmittedPolicy, names: string = quoted([...policy.models.keys()])) =>
  names !== ''
    ? `inside ${policy.boundary.label}, these are: ${names}`
    : 'this deployment has no suitable model; add one to residency.yaml';

const quoted = (names: readonly string[]) => names.map((name) => `'${name}'`).join(', ');

/** Whether a destination answers chats. */
const chatsBy =
  (facts: Facts) =>
  (destination: AnyDestination): boolean => {
    const kind = destination.provider === 'bedrock' ? likelyKind(facts, destination.modelId) : destination.kind;
    return kind === 'text' || kind === 'safeguard';
  };
