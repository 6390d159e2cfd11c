import { Template } from 'aws-cdk-lib/assertions';
import type { App, Stack } from 'aws-cdk-lib/core';
import { expectResident } from '@/lib/testing';
import { DEPLOYMENT, deploymentStacks } from '../support/deployment';
import { nagFindings } from '../support/nag';

const DOMAIN = {
  name: 'ai.example.eu',
  certificate: 'arn:aws:acm:eu-central-1:111122223333:certificate/1b2c3d4e',
  hostedZone: { id: 'Z0123456789ABCDEFGHIJ', name: 'example.eu' },
};

const { domain, foundation, workspaces, projects } = deploymentStacks({ ...DEPLOYMENT, domain: DOMAIN });
const tenants = [...workspaces, projects as Stack];
const stack = domain as Stack;
const outputs = (of: Stack) => Template.fromStack(of).toJSON().Outputs;

test('a domain has a separate, protected stack, deployed before the tenants', () => {
  (stack.node.root as App).synth();
  expect(tenants.map(({ dependencies }) => dependencies.map(({ stackName }) => stackName))).toEqual(
    Array(3).fill([foundation.stackName, 'exemple-domain']),
  );
  expect(stack.terminationProtection).toBe(true);
});

test('outputs show the URL of each tenant under the domain', () => {
  expect(tenants.map((tenant) => outputs(tenant).BaseUrl.Value)).toEqual([
    'https://ai.example.eu/workspaces/sciences/v1',
    'https://ai.example.eu/workspaces/office/v1',
    'https://ai.example.eu/projects/v1',
  ]);
});

test('outputs show the target of the name to the operator of the zone', () => {
  expect(outputs(stack)).toMatchObject({
    Target: { Description: 'What a CNAME record of ai.example.eu leads to' },
    TargetZone: { Value: { 'Fn::GetAtt': [expect.any(String), 'RegionalHostedZoneId'] } },
  });
});

test('stacks with a domain pass the guard and AwsSolutions', () => {
  expectResident(stack);
  for (const tenant of tenants) expectResident(tenant);
  expect(nagFindings(stack)).toEqual([]);
});

test('a deployment without a domain has no domain stack', () => {
  expect(deploymentStacks().domain).toBeUndefined();
});

test('an API is published again when it gets a domain, otherwise its own name would stay active', () => {
  const deploymentOf = (tenant?: Stack) =>
    Object.keys(Template.fromStack(tenant as Stack).findResources('AWS::ApiGateway::Deployment'));
  const [before, after] = [deploymentOf(deploymentStacks().projects), deploymentOf(projects)];
  expect(after).toHaveLength(1);
  expect(after).not.toEqual(before);
});
