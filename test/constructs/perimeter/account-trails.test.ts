import { Template } from 'aws-cdk-lib/assertions';
import { App, Stack } from 'aws-cdk-lib/core';
import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { AccountTrails, type AccountTrailsProps } from '@/lib/constructs/perimeter/account-trails';
import { checkTemplate } from '@/lib/guard/check/check-template';
import { blocks } from '@/lib/guard/finding';

const boundary = ResidencyBoundary.eu();
const UNIT = 'ou-ab12-11111111';

function templateOf(props: Partial<AccountTrailsProps> = {}, region = 'eu-central-1') {
  const stack = new Stack(new App(), 'Test', { env: { account: '111122223333', region } });
  new AccountTrails(stack, 'Trails', { boundary, organizationalUnits: [UNIT], ...props });
  return Template.fromStack(stack);
}

describe.each(['eu-central-1', 'eusc-de-east-1'])('in %s', (region) => {
  const template = templateOf({}, region);
  const [set] = Object.values(template.findResources('AWS::CloudFormation::StackSet'));
  const inner = JSON.parse(set?.Properties.TemplateBody);

  test('a StackSet with permissions of the organization deploys to new accounts too', () => {
    expect(set?.Properties).toMatchObject({
      PermissionModel: 'SERVICE_MANAGED',
      CallAs: 'SELF',
      AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: false },
      StackInstancesGroup: [{ DeploymentTargets: { OrganizationalUnitIds: [UNIT] }, Regions: [region] }],
    });
  });

  test('its template names no account, no file and no bootstrap', () => {
    const text = JSON.stringify(inner);
    expect(text).not.toMatch(/111122223333|cdk-hnb659fds|S3Bucket"|TemplateURL|\/cdk-bootstrap\//);
    expect(Object.keys(inner)).toEqual(['Resources']);
    const types = Object.values<{ readonly Type: string }>(inner.Resources).map(({ Type }) => Type);
    expect(types).toContain('AWS::CloudTrail::Trail');
    expect(types).not.toContain('AWS::Lambda::Function');
    expect(text.length).toBeLessThan(51_200);
  });

  test('the guard accepts both templates', () => {
    for (const checked of [template.toJSON(), inner]) {
      const { findings } = checkTemplate(checked, { boundary, stack: 'test', deployRegion: region });
      expect(findings.filter(blocks)).toEqual([]);
    }
  });
});

test('the guard reads the template of the StackSet', () => {
  const text = JSON.stringify(templateOf().toJSON()).replaceAll('AWS::Logs::LogGroup', 'AWS::CloudFront::Distribution');
  const { findings } = checkTemplate(JSON.parse(text), { boundary, stack: 'test', deployRegion: 'eu-central-1' });
  expect(findings.filter(blocks).map(({ rule }) => rule)).toContain('stack-set-template');
});

test('a delegated administrator calls as one', () => {
  templateOf({ isDelegated: true }).hasResourceProperties('AWS::CloudFormation::StackSet', {
    CallAs: 'DELEGATED_ADMIN',
  });
});

test.each([
  [[], 'got none'],
  [['r-ab12'], "got 'r-ab12'"],
])('the units %j are refused', (organizationalUnits, expected) => {
  expect(() => templateOf({ organizationalUnits })).toThrow(expected);
});
