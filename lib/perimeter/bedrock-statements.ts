import type { Destination } from '../boundary/destination';
import { PARTITIONS } from '../facts/generated/partitions';
import { findRegion } from '../facts/region';
import { endpointPolicy, type Policy, type PolicyScope, type Statement } from './statement';

/** Whom the statements are for, and what they let be reached. */
export interface BedrockScope extends PolicyScope {
  readonly destinations: readonly Destination[];
}

const ACTIONS = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];

/**
 * What a role must be allowed to call these destinations, and no other.
 *
 * A call through a profile is checked on the profile in the source Region and on the model in every Region that may
 * serve it, so each is named; the models only through that profile, or a role could call them directly in any of them.
 *
 * @throws if a Region isn't one that the facts know in this partition
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
 * What the `bedrock-runtime` endpoint of a Region lets through: calls by this account to the destinations whose source
 * Region it is.
 */
export function bedrockEndpointPolicy(scope: BedrockScope & { readonly region: string }): Policy {
  const destinations = scope.destinations.filter((destination) => destination.sourceRegion === scope.region);
  return endpointPolicy(scope.account, bedrockStatements({ ...scope, destinations }));
}

const allow = (Sid: string, Resource: string[]): Statement => ({ Sid, Effect: 'Allow', Action: ACTIONS, Resource });

/** The ARN of an inference profile in the Region that it is called in. */
export const profileArn = (
  { partition, account }: PolicyScope,
  { sourceRegion, id }: Pick<Destination, 'sourceRegion' | 'id'>,
) => `arn:${partition}:bedrock:${known(partition, sourceRegion)}:${account}:inference-profile/${literal(id)}`;

const modelArn = ({ partition }: PolicyScope, region: string, modelId: string) =>
  `arn:${partition}:bedrock:${known(partition, region)}::foundation-model/${literal(modelId)}`;

/**
 * A model ARN without a Region, or with `*` for it, is what lets Bedrock route anywhere. The partition may be a
 * placeholder that CloudFormation fills in, so it is compared only where it is written out.
 */
function known(partition: string, region: string): string {
  const fact = findRegion(region);
  const writtenOut = PARTITIONS.some((candidate) => candidate.partition === partition);
  if (fact === undefined || (writtenOut && fact.partition !== partition)) {
    throw new Error(
      `a policy may name Regions of ${partition} only, got '${region}'; give destinations that decideDestination returned`,
    );
  }
  return region;
}

/** IAM reads `*` and `?` in a resource as wildcards. */
function literal(id: string): string {
  if (id === '' || /[*?]/.test(id)) {
    throw new Error(
      `a policy must name one model or profile, got '${id}'; give destinations that decideDestination returned`,
    );
  }
  return id;
}
