import { Template } from 'aws-cdk-lib/assertions';
import { App, type Stack } from 'aws-cdk-lib/core';
import type { DeploymentStacks } from '@/lib/app/deployment-stacks';
import { ResidencyApp } from '@/lib/guard/cdk/residency-app';
import { expectResident, templateSerializer } from '@/lib/testing';
import { DEPLOYMENT, deploymentStacks, EU, IN_THREE_REGIONS, NOVA } from '../support/deployment';

expect.addSnapshotSerializer(templateSerializer);

const stacks = deploymentStacks(IN_THREE_REGIONS);
const template = (stack: Stack) => Template.fromStack(stack).toJSON();
const further = ({ regionalEndpoints, regionalRoutes }: DeploymentStacks): Stack[] => [
  ...regionalEndpoints,
  ...(regionalRoutes ? [regionalRoutes] : []),
];

test('each called Region has a stack, and the routes have one', () => {
  expect(further(stacks).map(({ stackName, region }) => [stackName, region])).toEqual([
    ['exemple-bedrock-eu-north-1', 'eu-north-1'],
    ['exemple-bedrock-eu-west-3', 'eu-west-3'],
    ['exemple-bedrock-routes', 'eu-central-1'],
  ]);
});

test('a deployment in one Region has no regional stacks', () => {
  expect(further(deploymentStacks(DEPLOYMENT))).toEqual([]);
});

test('stacks are deployed in the order foundation, endpoints, routes, tenants', () => {
  const app = new App();
  deploymentStacks(IN_THREE_REGIONS, { app });
  const before = new Map(
    app
      .synth()
      .stacks.map(({ id, dependencies }) => [
        id,
        dependencies.map((other) => other.id).filter((other) => !other.endsWith('.assets')),
      ]),
  );
  const [stockholm, paris, routes] = [
    'exemple-bedrock-eu-north-1',
    'exemple-bedrock-eu-west-3',
    'exemple-bedrock-routes',
  ];
  expect(before.get('exemple-foundation')).toEqual([]);
  expect(before.get(stockholm as string)).toEqual(['exemple-foundation']);
  expect(before.get(paris as string)).toEqual(['exemple-foundation']);
  expect(before.get(routes as string)).toEqual(['exemple-foundation', stockholm, paris]);
  expect(before.get('exemple-projects')).toEqual(['exemple-foundation', routes]);
  expect(before.get('exemple-workspace-office')).toEqual(['exemple-foundation', routes]);
});

test.each(['111122223333', 'none'])(
  'the stacks with account %s pass the guard for their own boundary, and look nothing up',
  (account) => {
    const app = new ResidencyApp({ boundary: EU });
    deploymentStacks(IN_THREE_REGIONS, { app, account });
    expect(app.synth().manifest.missing).toBeUndefined();
  },
);

test('each stack is resident', () => {
  for (const stack of further(deploymentStacks(IN_THREE_REGIONS, { app: new App() }))) expectResident(stack);
});

test('no template names a partition, which differs in the sovereign cloud', () => {
  const withoutFlags = further(deploymentStacks(IN_THREE_REGIONS, { app: new App() }));
  expect(JSON.stringify(withoutFlags.map(template))).not.toMatch(/arn:aws[a-z-]*:/);
});

test('the stacks of the primary Region are unchanged by further Regions', () => {
  const one = deploymentStacks(DEPLOYMENT);
  // What reads and sets other Regions too is another custom resource: it is named by what it is for.
  const resources = ({ foundation }: DeploymentStacks) =>
    Object.keys(Template.fromStack(foundation).toJSON().Resources).map((id) =>
      id.replace(/^(FoundationBedrockRetention|FoundationDestinationCheck)([0-9A-F]{8})[0-9A-F]{8}$/, '$1$2'),
    );
  expect(resources(stacks)).toEqual(resources(one));
});

test('a gateway may call each destination in its Region, and tries them in order', () => {
  const projects = JSON.stringify(template(stacks.projects as Stack));
  expect(projects).toContain(
    `"residency:models":{"fast":["eu.${NOVA}","openai.gpt-oss-120b-1:0 in eu-north-1","eu.${NOVA} in eu-west-3"]}`,
  );
  expect(projects).toContain(':bedrock:eu-north-1::foundation-model/openai.gpt-oss-120b-1:0');
  expect(projects).toContain(`:bedrock:eu-west-3:111122223333:inference-profile/eu.${NOVA}`);
});

test('the routes stack imports nothing that would prevent an update of the foundation', () => {
  const routes = stacks.regionalRoutes as Stack;
  expect(JSON.stringify(template(routes))).not.toContain('Fn::ImportValue');
});

test('ranges of the configuration are used', () => {
  const given = { 'eu-central-1': '10.20.0.0/20', 'eu-north-1': '10.20.16.0/24' };
  const { foundation, regionalEndpoints } = deploymentStacks({ ...IN_THREE_REGIONS, network: { ranges: given } });
  const ranges = [foundation, ...regionalEndpoints].flatMap((stack) =>
    Object.values(Template.fromStack(stack).findResources('AWS::EC2::VPC')).map(
      ({ Properties }) => Properties.CidrBlock,
    ),
  );
  expect(ranges).toEqual(['10.20.0.0/20', '10.20.16.0/24', '10.1.5.0/24']);
});

test('the stack of a Region does not depend on other Regions', () => {
  const models = IN_THREE_REGIONS.models.map(({ id, destinations }) => ({
    id,
    destinations: destinations.filter(({ sourceRegion }) => sourceRegion !== 'eu-north-1'),
  }));
  const { regionalEndpoints } = deploymentStacks({ ...IN_THREE_REGIONS, models });
  expect(regionalEndpoints.map(template)).toEqual(stacks.regionalEndpoints.slice(1).map(template));
});

test.each([
  ['endpoint', ({ regionalEndpoints }: DeploymentStacks) => regionalEndpoints[0] as Stack],
  ['routes', ({ regionalRoutes }: DeploymentStacks) => regionalRoutes as Stack],
])('the stack of the %s matches its snapshot', (_, pick) => {
  expect(template(pick(stacks))).toMatchSnapshot();
});
