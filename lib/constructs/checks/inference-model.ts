import { Stack, Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { ResidencyBoundary } from '../../boundary/boundary';
import { type Destination, decideDestination } from '../../boundary/destination';
import { withFurtherRegions } from '../../boundary/profile-row';
import { type AnyDestination, decideServer, isLoopback, type ServerDestination } from '../../boundary/server';
import { findRegion } from '../../facts/region';

/** A model as clients name it. */
export interface InferenceModel {
  /** The name that clients send: letters, digits and `._:-`, at most 128. */
  readonly id: string;

  /** What may serve it, in the order in which it is tried. */
  readonly destinations: InferenceDestination[];
}

/** A Bedrock model or inference profile, called in one Region; or a model of a server in the gateway's own network. */
export interface InferenceDestination {
  /**
   * The model id or inference profile id, such as `eu.anthropic.claude-sonnet-4-5-20250929-v1:0`; with `server` the name by which
   * that server knows the model.
   */
  readonly id: string;

  /**
   * The server that has the model.
   *
   * @default - Bedrock
   */
  readonly server?: InferenceServer;

  /**
   * The source Region, in which it is called. In any other than the foundation's, the foundation's network needs a
   * RegionalEndpoint.
   *
   * @default - the Region of the stack
   */
  readonly region?: string;

  /**
   * Regions that Bedrock itself named for the inference profile, beyond those of the facts of this package. Each must be inside
   * the boundary; roles, endpoints and checks then cover it as well.
   *
   * @default - none: those of the facts
   */
  readonly furtherRegions?: string[];
}

/**
 * A server of the gateway's own network that speaks OpenAI's protocol, such as vLLM. It is called without a key. That it runs
 * inside, and what it keeps, is its owner's responsibility.
 */
export interface InferenceServer {
  /** What its paths begin with, such as `http://vllm.internal:8000/v1`: a host in lower case, without user and query. */
  readonly url: string;

  /**
   * The only addresses that are connected to, as ranges within the network's own or within the foundation's `peeredRanges`:
   * the security group lets through nothing else, and the gateway checks where a name leads at each connection.
   */
  readonly addresses: string[];

  /**
   * Whether the model makes embeddings.
   *
   * @default false - it answers chats
   */
  readonly embeddings?: boolean;
}

/** A model whose destinations were all found inside. */
export interface DecidedModel {
  readonly id: string;
  readonly destinations: readonly AnyDestination[];
}

/** The destinations of some models that are Bedrock's. */
export const bedrockOf = (models: readonly DecidedModel[]): Destination[] =>
  models.flatMap(({ destinations }) => destinations).filter((target) => target.provider === 'bedrock');

/** The destinations of some models that are servers of the network. */
export const serversOf = (models: readonly DecidedModel[]): ServerDestination[] =>
  models
    .flatMap(({ destinations }) => destinations)
    .filter((target): target is ServerDestination => target.provider === 'vpc');

const NAME = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/;

/** Decides every destination of every model, and refuses the first that could leave the boundary. */
export function decideModels(
  scope: Construct,
  boundary: ResidencyBoundary,
  models: readonly InferenceModel[],
): DecidedModel[] {
  const ids = models.map((model) => model.id);
  const repeated = ids.find((id, at) => ids.indexOf(id) !== at);
  if (repeated !== undefined) {
    throw new Error(
      `${scope.node.path}: 'models' must name each model once, got '${repeated}' twice; keep one of them`,
    );
  }
  return models.map((model) => {
    if (!NAME.test(model.id)) {
      throw new Error(
        `${scope.node.path}: the 'id' of a model must be letters, digits and inner '._:-', at most 128, because clients ` +
          `send it, got '${model.id}'`,
      );
    }
    if (model.destinations.length === 0) {
      throw new Error(
        `${scope.node.path}: model '${model.id}' has no destination, so nothing could serve it; name at least one`,
      );
    }
    return {
      id: model.id,
      destinations: model.destinations.map((destination) => decide(scope, boundary, model.id, destination)),
    };
  });
}

function decide(
  scope: Construct,
  boundary: ResidencyBoundary,
  model: string,
  destination: InferenceDestination,
): AnyDestination {
  const { id, region, furtherRegions = [], server } = destination;
  if (server !== undefined) return decideOwn(scope, boundary, model, id, server);
  const { region: own, account } = Stack.of(scope);
  const source = region ?? own;
  const partition = findRegion(own)?.partition;
  if (boundary.containsRegion(source) && findRegion(source)?.partition !== partition) {
    throw new Error(
      `${scope.node.path}: model '${model}' must be called in ${partition}, the partition of ${own}, because no network and no ` +
        `role reaches another, got destination '${id}' in '${source}'; name a Region of ${partition}`,
    );
  }
  const decision = withFurtherRegions(
    boundary,
    decideDestination(boundary, source, id, Token.isUnresolved(account) ? undefined : account),
    furtherRegions,
  );
  if (decision.inside) return decision.destination;
  throw new Error(
    `${scope.node.path}: model '${model}' must be served inside ${boundary.label}, got destination '${id}'` +
      `${region === undefined ? '' : ` in '${region}'`}: ${decision.detail}`,
  );
}

/** A name of a model on a server, as makers of models write it: `BAAI/bge-m3`. */
const SERVED_NAME = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}$/;

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
  if (!SERVED_NAME.test(id)) throw refuse("its 'id' must be letters, digits and inner '._:/-', at most 128");
  if (addresses.length === 0) {
    throw refuse(
      "'addresses' names none, so that nothing could be connected to; name the ranges that the server is in",
    );
  }
  const kind = embeddings ? 'embedding' : 'text';
  const decision = decideServer({ url, model: id, kind, addresses, region });
  if (!decision.inside) throw refuse(decision.detail);
  if (isLoopback(url)) throw refuse('no server runs beside a function; name a host of the network');
  return decision.destination;
}
