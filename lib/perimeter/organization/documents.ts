import { bedrockTopic } from './bedrock-policy';
import { dataTopic } from './data-policy';
import { deployersTopic } from './deployers-policy';
import type { PerimeterDocument } from './document';
import { egressTopic } from './egress-policy';
import { AI_OPT_OUT, bedrockPolicies } from './management-policies';
import { packed } from './packed';
import { permissionsBoundary } from './permissions-boundary';
import { protectionTopic } from './protection-policy';
import { regionTopic } from './region-policy';
import { resourceTopic } from './resource-policy';
import type { PerimeterScope } from './scope';
import { sharingTopic } from './sharing-policy';

/**
 * All documents of a perimeter, each within the sizes that AWS accepts.
 *
 * @throws PerimeterError if a statement exceeds a document of its own, or the documents exceed the number that AWS attaches
 */
export function perimeterDocuments(scope: PerimeterScope): PerimeterDocument[] {
  const topics = [regionTopic, bedrockTopic, dataTopic, sharingTopic, egressTopic, deployersTopic, protectionTopic];
  return [
    ...packed(
      scope,
      'scp',
      topics.map((topic) => topic(scope)),
    ),
    ...packed(scope, 'rcp', [resourceTopic(scope)]),
    permissionsBoundary(scope),
    AI_OPT_OUT,
    ...bedrockPolicies(scope),
  ];
}
