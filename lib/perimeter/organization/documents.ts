import { bedrockSettingsTopic, bedrockTopic } from './bedrock-policy';
import { dataTopic, placelessTopic } from './data-policy';
import { deployedTopic } from './deployed-policy';
import { deployersTopic } from './deployers-policy';
import type { PerimeterDocument } from './document';
import { egressTopic } from './egress-policy';
import { identityTopic } from './identity-policy';
import { AI_OPT_OUT, bedrockPolicies } from './management-policies';
import { packed } from './packed';
import { permissionsBoundary } from './permissions-boundary';
import { regionTopic } from './region-policy';
import { resourceTopic } from './resource-policy';
import type { PerimeterScope } from './scope';
import { sharingTopic } from './sharing-policy';
import type { Topic } from './statement';

type MakesTopic = (scope: PerimeterScope) => Topic;

/** The topics of each service control policy, so that each has room for more roles. Later documents take what the earlier ones can't. */
const GROUPS: readonly (readonly MakesTopic[])[] = [
  [bedrockTopic],
  [regionTopic, dataTopic, placelessTopic, sharingTopic, bedrockSettingsTopic, deployersTopic],
  [egressTopic, identityTopic, deployedTopic],
];

/** The same where AWS accepts only half as many characters. */
const SMALL_GROUPS: readonly (readonly MakesTopic[])[] = [
  [dataTopic, deployersTopic],
  [egressTopic, identityTopic],
  [regionTopic, bedrockTopic, bedrockSettingsTopic, placelessTopic],
  [sharingTopic, deployedTopic],
];

/**
 * All documents of a perimeter, each within the sizes that AWS accepts.
 *
 * @throws PerimeterError if a statement exceeds a document of its own, or the documents exceed the number that AWS attaches
 */
export function perimeterDocuments(scope: PerimeterScope): PerimeterDocument[] {
  const groups = scope.partition === 'aws' ? GROUPS : SMALL_GROUPS;
  return [
    ...packed(
      scope,
      'scp',
      groups.map((topics) => topics.map((topic) => topic(scope))),
    ),
    ...packed(scope, 'rcp', [[resourceTopic(scope)]]),
    permissionsBoundary(scope),
    AI_OPT_OUT,
    ...bedrockPolicies(scope),
  ];
}
