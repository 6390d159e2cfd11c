import type { AnyDestination } from '../../../boundary/server';
import { ON_DEMAND_MODELS } from '../../../facts/generated/on-demand-models';
import { ApiError } from '../../http/api-error';
import type { Serving } from '../policy/serving';
import type { ModelRefusal } from '../request/model-refusal';
import type { Trail } from '../request/trail';
import { findRawModel, type RawModel } from './raw-model';

export interface Allowed {
  readonly allowed: true;
  /** The name by which the policy knows the model. */
  readonly alias: string;
  /** All inside, in the order in which they are tried; at least one. */
  readonly destinations: readonly AnyDestination[];
}

export interface Denied {
  readonly allowed: false;
  readonly reason: ModelRefusal;
  readonly message: string;
}

const KINDS = new Map(ON_DEMAND_MODELS.map((model) => [model.modelId, model.kind]));

/** Which destinations may serve a chat with the model that a client names, or why none may. */
export function decideChatModel(serving: Serving, model: string): Allowed | Denied {
  return decideModelFor(serving, model, chats, 'not-for-chat', "the model doesn't answer chats");
}

/** Which destinations may serve the model that a client names, if they do what is asked; or why none may. */
export function decideModelFor(
  serving: Serving,
  model: string,
  does: (destination: AnyDestination) => boolean,
  reason: ModelRefusal,
  message: string,
): Allowed | Denied {
  const decision = decideModel(serving, model);
  if (!decision.allowed) return decision;
  const destinations = decision.destinations.filter(does);
  return destinations.length > 0
    ? { ...decision, destinations }
    : denied(reason, `${message}; ${available(serving, servedNames(serving, does))}`);
}

/** Which destinations may serve the model that a client names, whatever it does, or why none may. */
export function decideModel(serving: Serving, model: string): Allowed | Denied {
  const unverified = serving.unverified?.get(model);
  if (unverified !== undefined) return denied('unverified', unverified);
  const destinations = serving.models.get(model);
  if (destinations !== undefined) return { allowed: true, alias: model, destinations };
  const raw = findRawModel(serving, model);
  return raw === undefined
    ? denied('unknown-model', `no model of that name is available; ${available(serving)}`)
    : denied(raw.outside ? 'outside-boundary' : 'not-an-alias', rawMessage(serving, raw));
}

/**
 * What was decided, if the model is served.
 *
 * @throws ApiError with the reason if it isn't
 */
export function allowOrRefuse(decision: Allowed | Denied, trail: Trail): Allowed {
  if (decision.allowed) return decision;
  const { reason, message } = decision;
  trail.reason = reason;
  const param = 'model';
  switch (reason) {
    case 'unverified':
      throw new ApiError(503, 'residency_unverified', message, { param, headers: { 'retry-after': '60' } });
    case 'outside-boundary':
      throw new ApiError(403, 'residency_model_refused', message, { param });
    case 'not-for-chat':
    case 'not-for-embeddings':
      throw new ApiError(400, 'model_not_supported', message, { param });
    case 'unknown-model':
    case 'not-an-alias':
      throw new ApiError(404, 'model_not_found', message, { param });
  }
}

/** The names of the models with a destination that does what is asked: `'assistant', 'fast'`. */
export function servedNames(serving: Serving, does: (destination: AnyDestination) => boolean): string {
  return quoted([...serving.models].filter(([, destinations]) => destinations.some(does)).map(([name]) => name));
}

const denied = (reason: ModelRefusal, message: string): Denied => ({ allowed: false, reason, message });

function rawMessage(serving: Serving, raw: RawModel): string {
  const instead =
    raw.sameModel.length > 0
      ? `the same model is served inside ${serving.boundary.label} as ${quoted(raw.sameModel)}`
      : available(serving);
  return `'model' is ${raw.what}, and this gateway calls a model by the name of its deployment only: ${raw.why}; ${instead}`;
}

const available = (serving: Serving, names: string = quoted([...serving.models.keys()])) =>
  names !== ''
    ? `inside ${serving.boundary.label} these are: ${names}`
    : 'this deployment has no model that does; add one to residency.yaml';

const quoted = (names: readonly string[]) => names.map((name) => `'${name}'`).join(', ');

/** A model that is served through profiles only has no row that says what it does, so its name has to tell. */
function chats(destination: AnyDestination): boolean {
  if (destination.provider !== 'bedrock') return destination.kind === 'text';
  const { modelId } = destination;
  const kind = KINDS.get(modelId) ?? (/embed/.test(modelId) ? 'embedding' : 'text');
  return kind === 'text' || kind === 'safeguard';
}
