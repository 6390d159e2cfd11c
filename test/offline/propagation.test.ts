import type { DeployedStack, Json } from '@/test/iam/support/physical';
import { type DeploymentName, stacksOf } from './support/deployments';
import { missingOf } from './support/order';

jest.setTimeout(60_000);

const DEPLOYMENTS: readonly DeploymentName[] = [
  'recovery',
  'given VPC with endpoints',
  'further Region',
  'egress',
  'sovereign partition',
];

describe.each(DEPLOYMENTS)('%s', (deployment) => {
  test('everything is created after what it uses at once', () => {
    expect(missingOf(stacksOf(deployment))).toEqual([]);
  });
});

/** The recovery deployment with a change of one resource. */
function withMistake(path: RegExp, change: (resource: Json, template: Json) => void): readonly string[] {
  const stacks: DeployedStack[] = structuredClone(stacksOf('recovery'));
  const found = stacks.flatMap(({ template }) =>
    Object.values<Json>(template.Resources)
      .filter(({ Metadata = {} }) => path.test(`${Metadata['aws:cdk:path']}`))
      .map((resource) => ({ resource, template })),
  );
  if (found.length === 0) throw new Error(`no resource has the path ${path}; use one of today's templates`);
  for (const { resource, template } of found) change(resource, template);
  return missingOf(stacks);
}

const withoutDependency = (on: RegExp) => (resource: Json) => {
  resource.DependsOn = resource.DependsOn.filter((id: string) => !on.test(id));
};

test.each<[string, RegExp, (resource: Json) => void, RegExp]>([
  [
    'a function without the policy of its role',
    /Rights\/Eraser\/Function\/Resource$/,
    withoutDependency(/DefaultPolicy/),
    /WorkspaceRightsEraserFunction\w+ can be created before WorkspaceRightsEraserRoleDefaultPolicy/,
  ],
  [
    'a flow log without the policy of its role',
    /Network\/Vpc\/FlowLog\/FlowLog$/,
    withoutDependency(/DefaultPolicy/),
    /FoundationNetworkVpcFlowLog\w+ can be created before FoundationNetworkFlowLogRoleDefaultPolicy/,
  ],
  [
    'a rule without the policy of its role',
    /Foundation\/KeyWatch\/Rule\/Resource$/,
    withoutDependency(/DefaultPolicy/),
    /FoundationKeyWatchRule\w+ can be created before FoundationAlertsPublisherDefaultPolicy/,
  ],
  [
    'a custom resource whose function writes to a bucket without its policy',
    /Foundation\/BedrockRetention\/Resource\/Default$/,
    withoutDependency(/BucketPolicy/),
    /FoundationBedrockRetention\w+ can be created before FoundationEvidenceBucketPolicy/,
  ],
  [
    'a trail without the policy of its bucket',
    /Foundation\/Trail\/Resource$/,
    withoutDependency(/BucketPolicy/),
    /FoundationTrail\w+ can be created before FoundationEvidenceBucketPolicy/,
  ],
])('a mistake is found: %s', (_, path, change, problem) => {
  expect(withMistake(path, change)).toContainEqual(expect.stringMatching(problem));
});
