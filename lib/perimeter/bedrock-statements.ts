import type { Destination } from '../boundary/destination';
import type { Guardrail } from '../boundary/guardrail';
import { PARTITIONS } from '../facts/generated/partitions';
import { findRegion } from '../facts/region';
import { guardrailStatements } from './guardrail-statements';
import { endpointPolicy, type Policy, type PolicyScope, type Statement } from './statement';

/** The account of the statements, and the destinations that they allow. */
export interface BedrockScope extends PolicyScope {
  readonly destinations: readonly Destination[];
}

const ACTIONS = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];

/**
 * The permissions that a role needs to call these destinations, and no others.
 *
 * For a call through a profile, IAM checks the profile in the source Region and the model in every Region that may serve it,
 * so each is listed. The models are allowed only through that profile; otherwise a role could call them directly in any Region.
 *
 * @throws if the facts don't contain a Region in this partition
 */
export function bedrockStatements(scope: BedrockScope): Statement[] {
  const direct = scope.destinations.filter((destination) => !destination.throughProfile);
  const models = [...new Set(direct.map(({ sourceRegion, modelId }) => modelArn(scope, sourceRegion, modelId)))];
  const profiles = new Map(
    scope.destinations
      .filter((destination) => destination.throughProfile)
      .map((destination) => [profileArn(scope, destination), destination]),
  );
  return [
    ...(models.length > 0 ? [allow('Models', models)] : []),
    ...[...profiles].flatMap(([profile, destination], index) => [
      allow(`Profile${index}`, [profile]),
      {
        ...allow(
          `ModelOnlyViaProfile${index}`,
          [...destination.regions].sort().map((region) => modelArn(scope, region, destination.modelId)),
        ),
        Condition: { StringEquals: { 'bedrock:InferenceProfileArn': profile } },
      },
    ]),
  ];
}

/**
 * The calls that a Region's `bedrock-runtime` endpoint allows: calls by this account to the destinations with that source
 * Region, with the guardrails of that Region.
 */
export function bedrockEndpointPolicy(
  scope: BedrockScope & { readonly region: string; readonly guardrails?: readonly Guardrail[] },
): Policy {
  const destinations = scope.destinations.filter((destination) => destination.sourceRegion === scope.region);
  const guardrails = (scope.guardrails ?? []).filter((guardrail) => guardrail.region === scope.region);
  return endpointPolicy(scope.account, [
    ...bedrockStatements({ ...scope, destinations }),
    ...guardrailStatements({ ...scope, guardrails }),
  ]);
}

const allow = (Sid: string, Resource: string[]): Statement => ({ Sid, Effect: 'Allow', Action: ACTIONS, Resource });

/** The ARN of an inference profile in the Region that it is called in. */
export const profileArn = (
  { partition, account }: PolicyScope,
  { sourceRegion, id }: Pick<Destination, 'sourceRegion' | 'id'>,
) => `arn:${partition}:bedrock:${known(partition, sourceRegion)}:${account}:inference-profile/${literal(id)}`;

/** The ARNs of the model that answers a destination, in every Region that may call or serve it. */
export const modelArns = (scope: PolicyScope, { sourceRegion, regions, modelId }: Destination): string[] =>
  [...new Set([sourceRegion, ...regions])].map((region) => modelArn(scope, region, modelId));

const modelArn = ({ partition }: PolicyScope, region: string, modelId: string) =>
  `arn:${partition}:bedrock:${known(partition, region)}::foundation-model/${literal(modelId)}`;

/**
 * A model ARN without a Region, or with `*` in its place, would let Bedrock route anywhere. The partition may be a
 * placeholder that CloudFormation fills in, so it is compared only if it is a literal.
 */
function known(partition: string, region: string): string {
  const fact = findRegion(region);
  const writtenOut = PARTITIONS.some((candidate) => candidate.partition === partition);
  if (fact === undefined || (writtenOut && fact.partition !== partition)) {
    throw new Error(
      `a policy may name only Regions in ${partition}, got '${region}'; pass destinations that decideDestination returned`,
    );
  }
  return region;
}

/** IAM reads `*` and `?` in a resource as wildcards. */
function literal(id: string): string {
  if (id === '' || /[*?]/.test(id)) {
    throw new Error(
      `a policy must name one model or profile, got '${id}'; pass destinations that decideDestination returned`,
    );
  }
  return id;
}
