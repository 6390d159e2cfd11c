import type { Destination } from '../../boundary/destination';
import { ON_DEMAND_MODELS } from '../../facts/generated/on-demand-models';
import { findRawModel, type RawModel } from './raw-model';
import type { Serving } from './serving';

/** Why a model isn't served; a closed set. */
export type ModelRefusal =
  /** No model of this deployment has that name. */
  | 'unknown-model'
  /** A provider's own id, which is never callable, whether it would stay inside or not. */
  | 'not-an-alias'
  /** A provider's own id that may be processed outside. */
  | 'outside-boundary'
  /** The model makes embeddings, images or speech. */
  | 'not-for-chat';

export interface Allowed {
  readonly allowed: true;
  /** The name by which the policy knows the model. */
  readonly alias: string;
  /** All inside, in the order in which they are tried; at least one. */
  readonly destinations: readonly Destination[];
}

export interface Denied {
  readonly allowed: false;
  readonly reason: ModelRefusal;
  readonly message: string;
}

const KINDS = new Map(ON_DEMAND_MODELS.map((model) => [model.modelId, model.kind]));

/** Which destinations may serve a chat with the model that a client names, or why none may. */
export function decideChatModel(serving: Serving, model: string): Allowed | Denied {
  const decision = decideModel(serving, model);
  if (!decision.allowed) return decision;
  const destinations = decision.destinations.filter(({ modelId }) => chats(modelId));
  return destinations.length > 0
    ? { ...decision, destinations }
    : denied('not-for-chat', `the model doesn't answer chats; ${available(serving, chatModels(serving))}`);
}

/** Which destinations may serve the model that a client names, whatever it does, or why none may. */
export function decideModel(serving: Serving, model: string): Allowed | Denied {
  const destinations = serving.models.get(model);
  if (destinations !== undefined) return { allowed: true, alias: model, destinations };
  const raw = findRawModel(serving, model);
  return raw === undefined
    ? denied('unknown-model', `no model of that name is available; ${available(serving)}`)
    : denied(raw.outside ? 'outside-boundary' : 'not-an-alias', rawMessage(serving, raw));
}

const denied = (reason: ModelRefusal, message: string): Denied => ({ allowed: false, reason, message });

function rawMessage(serving: Serving, raw: RawModel): string {
  const instead =
    raw.sameModel.length > 0
      ? `the same model is served inside ${serving.boundary.label} as ${quoted(raw.sameModel)}`
      : available(serving);
  return `'model' is ${raw.kind}, and this gateway calls a model by the name of its deployment only: ${raw.why}; ${instead}`;
}

const available = (serving: Serving, names: readonly string[] = [...serving.models.keys()]) =>
  names.length > 0
    ? `inside ${serving.boundary.label} these are: ${quoted(names)}`
    : 'this deployment has no model that does; add one to residency.yaml';

const quoted = (names: readonly string[]) => names.map((name) => `'${name}'`).join(', ');

const chatModels = (serving: Serving) =>
  [...serving.models].filter(([, destinations]) => destinations.some((d) => chats(d.modelId))).map(([name]) => name);

/** A model that is served through profiles only has no row that says what it does, so its name has to tell. */
function chats(modelId: string): boolean {
  const kind = KINDS.get(modelId) ?? (/embed/.test(modelId) ? 'embedding' : 'text');
  return kind === 'text' || kind === 'safeguard';
}
