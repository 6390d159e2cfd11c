import { Stack, Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { ResidencyBoundary } from '../boundary/boundary';
import { type Destination, decideDestination } from '../boundary/destination';
import { withFurtherRegions } from '../boundary/profile-row';

/** A model as clients name it. */
export interface InferenceModel {
  /** The name that clients send: letters, digits and `._:-`, at most 128. */
  readonly id: string;

  /** What may serve it, in the order in which it is tried. */
  readonly destinations: InferenceDestination[];
}

/** A Bedrock model or inference profile, called in one Region. */
export interface InferenceDestination {
  /** The model id or inference profile id, such as `eu.anthropic.claude-sonnet-4-5-20250929-v1:0`. */
  readonly id: string;

  /**
   * The source Region, in which it is called: the one of the stack, since the gateway's network has a way to no other.
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

/** A model whose destinations were all found inside. */
export interface DecidedModel {
  readonly id: string;
  readonly destinations: readonly Destination[];
}

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
  { id, region, furtherRegions = [] }: InferenceDestination,
): Destination {
  const { region: own, account } = Stack.of(scope);
  if (region !== undefined && region !== own) {
    throw new Error(
      `${scope.node.path}: model '${model}' must be called in ${own}, because the gateway's network reaches Bedrock in the ` +
        `Region of its stack only, got destination '${id}' in '${region}'; leave 'region' out, and name a profile or model ` +
        `that ${own} serves`,
    );
  }
  const decision = withFurtherRegions(
    boundary,
    decideDestination(boundary, own, id, Token.isUnresolved(account) ? undefined : account),
    furtherRegions,
  );
  if (decision.inside) return decision.destination;
  throw new Error(
    `${scope.node.path}: model '${model}' must be served inside ${boundary.label}, got destination '${id}': ${decision.detail}`,
  );
}
