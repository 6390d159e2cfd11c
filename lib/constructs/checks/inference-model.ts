import { Stack, Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { BEDROCK_APIS, throughApi } from '../../boundary/bedrock-api';
import type { ResidencyBoundary } from '../../boundary/boundary';
import type { DeclaredProvider } from '../../boundary/declared-provider';
import { type Destination, decideDestination } from '../../boundary/destination';
import { refusedBedrock } from '../../boundary/owner';
import { withFurtherRegions } from '../../boundary/profile-row';
import { decideProvider } from '../../boundary/provider';
import { type AnyDestination, decideServer, isLoopback, type ServerDestination } from '../../boundary/server';
import { findRegion } from '../../facts/region';
import type { ChatApi } from './chat-api';
import { declaredOf, type InferenceProvider } from './inference-provider';

/** A model under the name that clients use. */
export interface InferenceModel {
  /** The name that clients send: at most 128 letters, digits and `._:-`. */
  readonly id: string;

  /** The destinations that may serve it, in the order in which they are tried; at least one. */
  readonly destinations: InferenceDestination[];

  /**
   * Whether failover may answer with another model than the first destination's. If it is `false`, only destinations with
   * the first one's model answer. Embedding models are never interchangeable.
   *
   * @default true
   */
  readonly interchangeable?: boolean;

  /**
   * Whether Bedrock may cache prompts of this model, for five minutes. If it is `false`, no request can ask for it.
   *
   * @default - prompts of workspaces, and those of projects whose request has `cache_control`
   */
  readonly caching?: boolean;
}

/**
 * A Bedrock model or inference profile, called in one Region, a model of a server in the gateway's own network, or one of a
 * provider outside AWS.
 */
export interface InferenceDestination {
  /**
   * The ID of the model or inference profile, such as `eu.anthropic.claude-sonnet-5`. With `server`,
   * the name by which that server knows the model; with `provider`, the name by which that provider does, which is that
   * of the deployment in Azure.
   */
  readonly id: string;

  /**
   * The server that runs the model.
   *
   * @default - Bedrock
   */
  readonly server?: InferenceServer;

  /**
   * The provider outside AWS that runs the model. The foundation needs an egress.
   *
   * @default - Bedrock
   */
  readonly provider?: InferenceProvider;

  /**
   * With `provider`: whether the model creates embeddings.
   *
   * @default false - it answers chat requests
   */
  readonly embeddings?: boolean;

  /**
   * The source Region, in which it is called. For any Region other than the foundation's, the foundation's network
   * needs a RegionalEndpoint there, which is billed by the hour.
   *
   * @default - the Region of the stack
   */
  readonly region?: string;

  /**
   * The API of Bedrock by which chats are sent. `ChatApi.CHAT_COMPLETIONS` is for a model that Bedrock serves only or
   * better there. By the facts of this version, it serves no project.
   *
   * @default ChatApi.CONVERSE
   */
  readonly api?: ChatApi;

  /**
   * Regions that Bedrock reports for the inference profile in addition to those in this package's facts. Requests may
   * be processed there, so each must be inside the boundary. Roles, endpoints and checks then include them.
   *
   * @default - only the Regions in the facts
   */
  readonly furtherRegions?: string[];
}

/**
 * A server in the gateway's own network that speaks OpenAI's protocol, such as vLLM. It is called without a key. Its
 * owner is responsible for its location inside the boundary and for what it stores.
 */
export interface InferenceServer {
  /** The base URL, such as `http://vllm.internal:8000/v1`. The host is in lower case; there is no user and no query. */
  readonly url: string;

  /**
   * The only addresses that the gateway connects to, as ranges within the network's own range or the foundation's
   * `peeredRanges`. The security group allows no others, and the gateway checks the address of the host at each
   * connection.
   */
  readonly addresses: string[];

  /**
   * Whether the model creates embeddings.
   *
   * @default false - it answers chat requests
   */
  readonly embeddings?: boolean;
}

/** A model whose destinations are all inside the boundary. */
export interface DecidedModel {
  readonly id: string;
  readonly destinations: readonly AnyDestination[];
  /** The providers outside AWS of its destinations; none if it has no such destination. */
  readonly providers?: readonly DeclaredProvider[];
  /** Whether failover may change the model; undefined if it isn't declared. */
  readonly interchangeable?: boolean;
  /** Whether prompts may be cached; undefined if it isn't declared. */
  readonly caching?: boolean;
}

/** The destinations of these models in Bedrock. */
export const bedrockOf = (models: readonly DecidedModel[]): Destination[] =>
  models.flatMap(({ destinations }) => destinations).filter((target) => target.provider === 'bedrock');

/**
 * The providers outside AWS of these models, each once.
 *
 * @throws if two differ that have one name
 */
export function providersOf(scope: Construct, models: readonly DecidedModel[]): DeclaredProvider[] {
  const byName = new Map<string, DeclaredProvider>();
  for (const provider of models.flatMap(({ providers = [] }) => providers)) {
    const { name } = provider;
    const known = byName.get(name);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(provider)) {
      throw new Error(
        `${scope.node.path}: 'provider' must be declared once for each name because its key and records have that name, got two that ` +
          `differ for '${name}'; use one object for all of its destinations`,
      );
    }
    byName.set(name, provider);
  }
  return [...byName.values()];
}

/** The destinations of these models on servers in the network. */
export const serversOf = (models: readonly DecidedModel[]): ServerDestination[] =>
  models
    .flatMap(({ destinations }) => destinations)
    .filter((target): target is ServerDestination => target.provider === 'vpc');

const NAME = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/;

/**
 * Decides every destination of every model.
 *
 * @param euOwnedOnly whether only companies under the law of EU member states may be called
 * @throws at the first destination that may leave the boundary
 */
export function decideModels(
  scope: Construct,
  boundary: ResidencyBoundary,
  models: readonly InferenceModel[],
  euOwnedOnly = false,
): DecidedModel[] {
  const ids = models.map((model) => model.id);
  const repeated = ids.find((id, at) => ids.indexOf(id) !== at);
  if (repeated !== undefined) {
    throw new Error(
      `${scope.node.path}: 'models' must name each model once because clients choose by name, got '${repeated}' twice; keep one of them`,
    );
  }
  return models.map((model) => {
    if (!NAME.test(model.id)) {
      throw new Error(
        `${scope.node.path}: the 'id' of a model must be at most 128 letters, digits and inner '._:-' because clients ` +
          `send it, got '${model.id}'; rename the model`,
      );
    }
    if (model.destinations.length === 0) {
      throw new Error(
        `${scope.node.path}: 'destinations' of model '${model.id}' must name at least one destination because nothing else can serve ` +
          'the model, got none; add one',
      );
    }
    const providers = model.destinations.flatMap(({ provider }) =>
      provider === undefined ? [] : declaredOf(provider),
    );
    return {
      id: model.id,
      destinations: model.destinations.map((destination) =>
        decide(scope, boundary, model.id, destination, euOwnedOnly),
      ),
      ...(providers.length > 0 && { providers }),
      interchangeable: model.interchangeable,
      caching: model.caching,
    };
  });
}

function decide(
  scope: Construct,
  boundary: ResidencyBoundary,
  model: string,
  destination: InferenceDestination,
  euOwnedOnly: boolean,
): AnyDestination {
  const { id, region, api, furtherRegions = [], server, provider, embeddings } = destination;
  if ((provider === undefined && embeddings !== undefined) || (provider !== undefined && (server ?? api ?? region))) {
    throw new Error(
      `${scope.node.path}: destination '${id}' of model '${model}' must be of one kind: 'embeddings' belongs to a destination with 'provider', ` +
        "and 'server', 'api' and 'region' to one without, got both; remove the others",
    );
  }
  if (provider !== undefined) return decideOutside(scope, boundary, model, destination, euOwnedOnly);
  if (api !== undefined && (server !== undefined || !BEDROCK_APIS.includes(api))) {
    throw new Error(
      `${scope.node.path}: 'api' of destination '${id}' of model '${model}' must be one of ${BEDROCK_APIS.join(', ')} and belongs to ` +
        `destinations of Bedrock, got '${api}'${server === undefined ? '' : ' with a server'}; remove it`,
    );
  }
  if (server !== undefined) return decideOwn(scope, boundary, model, id, server);
  const { region: own, account } = Stack.of(scope);
  const source = region ?? own;
  const partition = findRegion(own)?.partition;
  if (boundary.containsRegion(source) && findRegion(source)?.partition !== partition) {
    throw new Error(
      `${scope.node.path}: model '${model}' must be called in ${partition}, the partition of ${own}, because networks and roles ` +
        `don't reach another partition, got destination '${id}' in '${source}'; set 'region' to a Region of ${partition}`,
    );
  }
  const foreign = euOwnedOnly ? refusedBedrock(id) : undefined;
  const decision =
    foreign ??
    throughApi(
      boundary,
      withFurtherRegions(
        boundary,
        decideDestination(boundary, source, id, Token.isUnresolved(account) ? undefined : account),
        furtherRegions,
      ),
      api,
    );
  if (decision.inside) return decision.destination;
  throw new Error(
    `${scope.node.path}: model '${model}' must be served inside ${boundary.label}, got destination '${id}'` +
      `${region === undefined ? '' : ` in '${region}'`}: ${decision.detail}`,
  );
}

/** The name of a model on a server, in its publisher's form: `BAAI/bge-m3`. */
const SERVED_NAME = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}$/;

/** Whether projects may call it is decided with their other models, by `requireServable`. */
function decideOutside(
  scope: Construct,
  boundary: ResidencyBoundary,
  model: string,
  { id, provider, embeddings = false }: InferenceDestination,
  euOwnedOnly: boolean,
): ServerDestination {
  const refuse = (why: string) =>
    new Error(
      `${scope.node.path}: model '${model}' must be served inside ${boundary.label}, got destination '${id}' of provider ` +
        `'${provider?.name}': ${why}`,
    );
  if (provider === undefined) throw refuse("it has no 'provider'");
  if (!SERVED_NAME.test(id)) throw refuse("its 'id' must be at most 128 letters, digits and inner '._:/-'");
  const kind = embeddings ? 'embedding' : 'text';
  const declared = declaredOf(provider);
  if (declared.service === 'openai' && declared.name !== 'openai')
    throw refuse("the 'name' of OpenAI must be 'openai'");
  const decision = decideProvider(boundary, declared, { model: id, kind }, { keepsContent: true, euOwnedOnly });
  if (decision.inside) return decision.destination;
  throw refuse(decision.detail);
}

function decideOwn(
  scope: Construct,
  boundary: ResidencyBoundary,
  model: string,
  id: string,
  { url, addresses, embeddings = false }: InferenceServer,
): ServerDestination {
  const { region } = Stack.of(scope);
  const refuse = (why: string) =>
    new Error(
      `${scope.node.path}: model '${model}' must be served inside ${boundary.label}, got destination '${id}' of server '${url}': ` +
        why,
    );
  if (!SERVED_NAME.test(id)) throw refuse("its 'id' must be at most 128 letters, digits and inner '._:/-'");
  if (addresses.length === 0) {
    throw refuse(
      "'addresses' is empty, so the gateway could connect to nothing; name the address ranges of the server",
    );
  }
  const kind = embeddings ? 'embedding' : 'text';
  const decision = decideServer({ url, model: id, kind, addresses, region });
  if (!decision.inside) throw refuse(decision.detail);
  if (isLoopback(url)) throw refuse('no server runs on the same host as a function; name a host in the network');
  return decision.destination;
}
