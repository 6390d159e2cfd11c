import type { App } from 'aws-cdk-lib/core';
import { roleQuota, rolesOf } from '@/lib/cli/aws/doctor/role-quota';
import { readConfig } from '@/lib/config/load';
import { deployedTemplates } from '@/test/support/deployed-templates';
import { deploymentStacks } from '@/test/support/deployment';
import { FakeAccount } from './fake-account';
import { accountSummary, HEALTHY, instead } from './healthy-account';

const account = new FakeAccount();
beforeAll(() => account.start());
afterAll(() => account.stop());

const deployment = (count: number) => ({
  name: 'exemple',
  workspaces: Array.from({ length: count }, () => ({})),
  projects: [{}],
});
const roles = (...names: string[]) =>
  instead('iam ListRoles', {
    xml: `<ListRolesResponse><ListRolesResult><Roles>${names
      .map(
        (name) =>
          `<member><Path>/</Path><RoleName>${name}</RoleName><RoleId>AROA</RoleId><Arn>arn:aws:iam::111122223333:role/${name}</Arn><CreateDate>2026-01-01T00:00:00Z</CreateDate></member>`,
      )
      .join('')}</Roles><IsTruncated>false</IsTruncated></ListRolesResult></ListRolesResponse>`,
  });
const summary = (used: number) => instead('iam GetAccountSummary', accountSummary(used, 1_000));
const examined = (count: number, askIam: boolean, ...answerers: ReturnType<typeof instead>[]) =>
  account.examined(roleQuota, [...answerers, ...HEALTHY], deployment(count), { askIam });

test('without a call, only a deployment of many roles has a line', async () => {
  expect(await examined(1, false)).toEqual([]);
  expect(await examined(100, false)).toMatchObject([
    { state: 'not-visible', found: expect.stringContaining('1309 roles'), fix: expect.stringContaining('--ask-iam') },
  ]);
  expect(account.aws.calls).toEqual([]);
});

test('roles that fit are counted once', async () => {
  expect(await examined(1, true, summary(978))).toMatchObject([
    { state: 'ok', found: '978 of 1000 roles, and room for 22' },
  ]);
  expect(account.aws.calls.map(({ action }) => action)).toEqual(['GetAccountSummary']);
});

test("roles that don't fit are missing, and those of an earlier deployment count once", async () => {
  const others = roles('other-role');
  expect(await examined(1, true, summary(979), others)).toMatchObject([
    {
      state: 'missing',
      fix: expect.stringMatching(/--quota-code L-FE177D64 --desired-value 1001 --region us-east-1$/),
    },
  ]);
  expect(await examined(1, true, summary(979), roles('exemple-foundation-Role-A'))).toMatchObject([
    { state: 'ok', found: "979 of 1000 roles, 1 of them this deployment's" },
  ]);
});

test('a caller who may not count them is told the permission', async () => {
  const denied = instead('iam GetAccountSummary', { error: 'AccessDenied', status: 403 });
  expect(await examined(1, true, denied)).toMatchObject([
    { state: 'not-visible', fix: expect.stringContaining('iam:GetAccountSummary') },
  ]);
});

test('the number of roles is that of the stacks', () => {
  const count = Object.values(deployedTemplates()).reduce(
    (sum, template) => sum + Object.keys(template.findResources('AWS::IAM::Role')).length,
    0,
  );
  expect(rolesOf({ workspaces: [{}, {}] as never, projects: [1] as never })).toBe(count);
  expect(rolesOf({ workspaces: [{ officeFiles: true }, {}] as never, projects: [1] as never })).toBe(count + 1);
});

const configured = (more: string) =>
  readConfig(
    `boundary: eu
name: exemple
regions: { primary: eu-central-1 }
alerts: [security@example.eu]
places: [{ host: login.example.eu, country: DE, reason: ours }]
models: [{ id: assistant, destinations: [{ bedrock: eu.amazon.nova-lite-v1:0 }] }]
workspaces:
  - id: sciences
    edition: edu
    retention: 365d
    models: [assistant]
    identity:
      oidc: { issuer: 'https://login.example.eu', clientId: chat, clientSecretName: chat/secret }
      groups: { member: [chat-users] }
${more}`,
    'residency.yaml',
  ).deployment;

test.each([
  ['nothing else', ''],
  ['SCIM', '    scim: {}\n'],
  ['background jobs', '    background: {}\n'],
  ['office files', '    officeFiles: true\n'],
  ['keys of members', '    keys: {}\n'],
  ['a perimeter', 'perimeter: { organization: o-exampleorgid, permissionsBoundary: true }\n'],
  ['all of them', '    scim: {}\n    background: {}\n    officeFiles: true\n    keys: {}\n'],
])('the roles of a workspace with %s are counted as its stacks have them', (_, more) => {
  const config = configured(more);
  if (config === undefined) throw new Error('no deployment');
  const { stacks } = (deploymentStacks(config).foundation.node.root as App).synth();
  const types = stacks.flatMap(({ template }) => Object.values<{ Type: string }>(template.Resources));
  expect(rolesOf(config)).toBe(types.filter(({ Type }) => Type === 'AWS::IAM::Role').length);
});
