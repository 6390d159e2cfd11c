import { Template } from 'aws-cdk-lib/assertions';
import type { IdentityConfig } from '@/lib/config/model/config';
import type { TokenVariables } from '@/lib/contract/environment';
import { DEPLOYMENT, deploymentStacks } from '../support/deployment';

const [SCIENCES] = DEPLOYMENT.workspaces;

/** The stack of a workspace with this sign-in. */
const workspaceWith = (identity: IdentityConfig): Template => stacksWith(identity).workspace;

function stacksWith(identity: IdentityConfig) {
  if (SCIENCES === undefined) throw new Error('no workspace');
  const { foundation, workspaces } = deploymentStacks({
    ...DEPLOYMENT,
    workspaces: [{ ...SCIENCES, identity }],
    projects: [],
  });
  const [workspace] = workspaces as [(typeof workspaces)[number]];
  return { foundation: Template.fromStack(foundation), workspace: Template.fromStack(workspace) };
}

test('SAML, groups and pages of the file are deployed', () => {
  const template = workspaceWith({
    provider: { kind: 'saml', metadata: '<EntityDescriptor/>' },
    groups: { member: ['chat-users'] },
    groupsAttribute: 'memberOf',
    clients: { callbackUrls: ['https://chat.example.fr/callback'], corsOrigins: ['https://chat.example.fr'] },
  });
  template.hasResourceProperties('AWS::Cognito::UserPoolIdentityProvider', {
    ProviderType: 'SAML',
    AttributeMapping: { 'custom:groups': 'memberOf' },
  });
  template.hasResourceProperties('AWS::Cognito::UserPoolClient', {
    CallbackURLs: ['https://chat.example.fr/callback'],
  });
  template.hasResourceProperties('AWS::ApiGateway::Method', { HttpMethod: 'OPTIONS', AuthorizationType: 'NONE' });
  for (const output of ['SamlEntityId', 'SamlAcsUrl', 'OidcRedirectUrl', 'SignInUrl', 'ClientId', 'Issuer']) {
    template.hasOutput(output, {});
  }
});

test('members stay users of the own pool if the file names only pages', () => {
  const template = workspaceWith({ groups: {}, clients: { callbackUrls: ['https://chat.example.fr/callback'] } });
  template.resourceCountIs('AWS::Cognito::UserPoolIdentityProvider', 0);
  template.resourceCountIs('AWS::Cognito::UserPoolGroup', 3);
  template.hasResourceProperties('AWS::Cognito::UserPoolClient', {
    CallbackURLs: ['https://chat.example.fr/callback'],
  });
});

test.each<[string, IdentityConfig, string | string[]]>([
  ['of the own pool', { groups: {}, clients: {} }, ['cognito-idp:AdminListGroupsForUser', 'cognito-idp:ListUsers']],
  [
    'of a provider',
    { provider: { kind: 'saml', metadata: '<EntityDescriptor/>' }, groups: { admin: ['chat-admins'] }, clients: {} },
    'cognito-idp:ListUsers',
  ],
])('for users %s, decisions on rights read which roles the pool gives', (_, identity, Action) => {
  const granted = Object.values(workspaceWith(identity).findResources('AWS::IAM::Policy'))
    .filter(({ Properties }) => JSON.stringify(Properties.Roles).includes('WorkspaceRights'))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
    .filter(({ Action }) => JSON.stringify(Action).includes('cognito'));
  const expected = { Action, Effect: 'Allow', Resource: { 'Fn::GetAtt': [expect.anything(), 'Arn'] } };
  // The administrators' function and the operator's.
  expect(granted).toEqual([expected, expected]);
});

test('the web ACL counts preflights apart only if a page may call the API', () => {
  const rulesWith = (corsOrigins?: string[]) => {
    const acls = stacksWith({ groups: {}, clients: { corsOrigins } }).foundation.findResources('AWS::WAFv2::WebACL');
    return Object.values(acls)[0]?.Properties.Rules.map(({ Name }: { Name: string }) => Name);
  };
  expect(rulesWith()).toEqual(['RatePerAddress', 'AddressReputation', 'WithoutKey']);
  expect(rulesWith(['https://chat.example.fr'])).toEqual([...rulesWith(), 'Preflights']);
});

const VERIFYING: readonly (keyof TokenVariables)[] = ['KEY_SETS_TABLE_ARN', 'SUSPENSIONS_TABLE_ARN', 'USER_POOL_ID'];

test('functions that verify tokens check for blocked members', () => {
  const functions = workspaceWith({ groups: {}, clients: {} }).findResources('AWS::Lambda::Function');
  const verifying = Object.values(functions)
    .map(({ Properties }) => Object.keys(Properties.Environment?.Variables ?? {}))
    .filter((names) => names.includes('USER_POOL_CLIENT_ID' satisfies keyof TokenVariables));
  expect(verifying.length).toBeGreaterThanOrEqual(2);
  for (const names of verifying) {
    expect(names).toEqual(expect.arrayContaining(VERIFYING));
  }
});

describe('a user pool that two workspaces share', () => {
  if (SCIENCES === undefined) throw new Error('no workspace');
  const identity = (group: string): IdentityConfig => ({ shared: 'campus', groups: { member: [group] }, clients: {} });
  const { memberPools, workspaces } = deploymentStacks({
    ...DEPLOYMENT,
    sharedIdentities: [
      { id: 'campus', provider: { kind: 'saml', metadata: '<EntityDescriptor/>' }, groupsAttribute: 'memberOf' },
    ],
    workspaces: [
      { ...SCIENCES, id: 'sciences', identity: identity('sciences-students') },
      { ...SCIENCES, id: 'letters', identity: identity('letters-students') },
    ],
    projects: [],
  });
  const [pool, sciences, letters] = [...memberPools, ...workspaces].map((stack) => Template.fromStack(stack));

  test('is one registration with the provider, in a separate stack whose outputs its operator needs', () => {
    expect(memberPools.map(({ stackName }) => stackName)).toEqual(['exemple-members-campus']);
    pool?.resourceCountIs('AWS::Cognito::UserPool', 1);
    pool?.hasResourceProperties('AWS::Cognito::UserPoolIdentityProvider', {
      ProviderType: 'SAML',
      AttributeMapping: { 'custom:groups': 'memberOf' },
    });
    for (const output of ['SamlEntityId', 'SamlAcsUrl', 'OidcRedirectUrl']) pool?.hasOutput(output, {});
    for (const workspace of workspaces) expect(workspace.terminationProtection).toBe(true);
  });

  test('has one audience per workspace; workspaces have no pool or provider', () => {
    for (const template of [sciences, letters]) {
      template?.resourceCountIs('AWS::Cognito::UserPool', 0);
      template?.resourceCountIs('AWS::Cognito::UserPoolIdentityProvider', 0);
      template?.resourceCountIs('AWS::Cognito::UserPoolClient', 1);
      expect(Object.keys(template?.findOutputs('*') ?? {})).not.toContain('SamlEntityId');
    }
    expect(workspaces.map(({ workspace }) => workspace.members._tokenGroups.groups.member)).toEqual([
      ['sciences-students'],
      ['letters-students'],
    ]);
  });

  test('is deployed before the workspaces', () => {
    for (const stack of workspaces) expect(stack.dependencies).toContain(memberPools[0]);
  });
});
