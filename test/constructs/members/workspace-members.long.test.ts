import { Match, Template } from 'aws-cdk-lib/assertions';
import { Duration } from 'aws-cdk-lib/core';
import { IdentityProvider } from '@/lib/constructs/members/identity-provider';
import { MemberPool } from '@/lib/constructs/members/member-pool';
import { WorkspaceMembers } from '@/lib/constructs/members/workspace-members';
import { EU } from '../../support/deployment';
import { REFUSED_REGIONS, stackIn } from '../../support/in-region';
import { foundationFor, type MembersOptions, membersIn } from '../../support/members';

const SAML = IdentityProvider.saml({ metadata: '<EntityDescriptor/>', groupsAttribute: 'memberOf' });
const OIDC = IdentityProvider.oidc({
  issuer: 'https://login.example.eu',
  clientId: 'chat',
  clientSecretName: 'chat/oidc',
  scopes: ['groups'],
});
const GROUPS = { member: ['chat-users'], admin: ['chat-admins'] };

function made(options: MembersOptions = {}) {
  const stack = stackIn('eu-central-1', 'Tenant');
  const members = membersIn(stack, options);
  return { stack, members, template: Template.fromStack(stack) };
}
const federated = (provider = SAML) => made({ provider, groups: GROUPS });

test("users can't sign up themselves or be deleted by accident", () => {
  made().template.hasResource('AWS::Cognito::UserPool', {
    DeletionPolicy: 'Retain',
    Properties: {
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      DeletionProtection: 'ACTIVE',
      UserPoolTier: 'LITE',
    },
  });
});

test("the pool sends neither email nor text messages, whose Region can't be set", () => {
  const [pool] = Object.values(made().template.findResources('AWS::Cognito::UserPool'));
  expect(pool?.Properties).not.toHaveProperty('SmsConfiguration');
  expect(pool?.Properties).not.toHaveProperty('EmailConfiguration');
  expect(pool?.Properties.AutoVerifiedAttributes).toEqual([]);
  expect(pool?.Properties.AccountRecoverySetting.RecoveryMechanisms).toEqual([{ Name: 'admin_only', Priority: 1 }]);
});

test('users of the pool itself need a strong password and a second factor', () => {
  made().template.hasResourceProperties('AWS::Cognito::UserPool', {
    MfaConfiguration: 'ON',
    EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
    Policies: { PasswordPolicy: { MinimumLength: 14, RequireNumbers: true, RequireSymbols: true } },
  });
});

test.each<[string, () => ReturnType<typeof made>, string[], string[]]>([
  ['the pool itself', made, ['COGNITO'], ['locale']],
  ['SAML', federated, ['Organisation'], ['custom:groups']],
  ['OpenID Connect', () => federated(OIDC), ['Organisation'], ['custom:groups']],
])(
  "with %s, a client signs in with a code and without a secret, and its tokens can't write attributes",
  (_, make, by, attributes) => {
    const [client] = Object.values(make().template.findResources('AWS::Cognito::UserPoolClient'));
    expect(client?.Properties).toMatchObject({
      GenerateSecret: false,
      AllowedOAuthFlows: ['code'],
      // A token with `aws.cognito.signin.user.admin` could write the very groups that Cognito must be able to write.
      AllowedOAuthScopes: ['openid'],
      ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      SupportedIdentityProviders: by,
      PreventUserExistenceErrors: 'ENABLED',
      EnableTokenRevocation: true,
      IdTokenValidity: 15,
      AccessTokenValidity: 15,
      RefreshTokenValidity: 480,
      ReadAttributes: attributes,
      WriteAttributes: attributes,
    });
  },
);

test('a SAML provider has its metadata document, never a URL, and its groups are mapped', () => {
  federated().template.hasResourceProperties('AWS::Cognito::UserPoolIdentityProvider', {
    ProviderType: 'SAML',
    ProviderDetails: {
      MetadataFile: '<EntityDescriptor/>',
      IDPInit: false,
      RequestSigningAlgorithm: 'rsa-sha256',
      MetadataURL: Match.absent(),
    },
    AttributeMapping: { 'custom:groups': 'memberOf' },
  });
});

test("an OpenID Connect provider's secret is in no template", () => {
  federated(OIDC).template.hasResourceProperties('AWS::Cognito::UserPoolIdentityProvider', {
    ProviderType: 'OIDC',
    ProviderDetails: {
      oidc_issuer: 'https://login.example.eu',
      client_secret: '{{resolve:secretsmanager:chat/oidc:SecretString:::}}',
      authorize_scopes: 'openid groups',
    },
    AttributeMapping: { 'custom:groups': 'groups' },
  });
});

test('the domain is in the Region, and has no word that Cognito refuses', () => {
  const [domain] = Object.values(made().template.findResources('AWS::Cognito::UserPoolDomain'));
  expect(domain?.Properties.Domain).toEqual({
    'Fn::Join': ['', [expect.stringMatching(/^[0-9a-f]{16}-$/), { Ref: 'AWS::AccountId' }]],
  });
  expect(domain?.Properties).not.toHaveProperty('CustomDomainConfig');
});

test('two workspaces that share a pool have their own clients and groups', () => {
  const stack = stackIn('eu-central-1', 'Tenant');
  const foundation = foundationFor(stack);
  const pool = new MemberPool(stack, 'Pool', { boundary: EU });
  for (const workspaceId of ['sciences', 'office']) {
    new WorkspaceMembers(stack, workspaceId, { boundary: EU, foundation, workspaceId, pool });
  }
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::Cognito::UserPool', 1);
  template.resourceCountIs('AWS::Cognito::UserPoolClient', 2);
  const groups = Object.values(template.findResources('AWS::Cognito::UserPoolGroup'));
  expect(groups.map(({ Properties }) => Properties.GroupName).sort()).toEqual([
    'office-admin',
    'office-auditor',
    'office-member',
    'sciences-admin',
    'sciences-auditor',
    'sciences-member',
  ]);
});

/** What the functions of a kind may do, by the name of their role. */
function actionsOf(template: Template, role: RegExp): string[] {
  const policies = Object.values(template.findResources('AWS::IAM::Policy')).filter(({ Properties }) =>
    Properties.Roles.some(({ Ref }: { Ref: string }) => role.test(Ref)),
  );
  return policies
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
    .flatMap(({ Action }) => Action)
    .sort();
}

test('the key refresh is outside the VPC, runs every hour, and can write only the keys and its log', () => {
  const { template } = made();
  template.hasResourceProperties('AWS::Lambda::Function', { VpcConfig: Match.absent(), Timeout: 60 });
  template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(1 hour)' });
  expect(actionsOf(template, /KeysRefresh/)).toEqual(['dynamodb:PutItem', 'logs:CreateLogStream', 'logs:PutLogEvents']);
});

const EVERYONES = [
  'cognito-idp:ListUsers',
  'dynamodb:GetItem',
  'dynamodb:GetItem',
  'dynamodb:UpdateItem',
  'logs:CreateLogStream',
  'logs:FilterLogEvents',
  'logs:PutLogEvents',
];
const OWN_USERS = [
  'AdminAddUserToGroup',
  'AdminGetUser',
  'AdminListGroupsForUser',
  'AdminRemoveUserFromGroup',
  'ListUsersInGroup',
];
const SESSIONS = ['AdminDisableUser', 'AdminEnableUser', 'AdminUserGlobalSignOut'];

test.each<[string, MembersOptions, string[]]>([
  ['a pool of its own', { poolIsShared: false }, [...OWN_USERS, ...SESSIONS, 'AdminCreateUser', 'AdminDeleteUser']],
  ['a shared pool', {}, OWN_USERS],
  ["a provider's users", { provider: SAML, groups: GROUPS, poolIsShared: false }, SESSIONS],
  ["a provider's users in a shared pool", { provider: SAML, groups: GROUPS }, []],
])(
  'the administration of members of %s is outside the VPC, and has only the permissions that it needs',
  (_, options, expected) => {
    const { template } = made(options);
    template.hasResourceProperties('AWS::Lambda::Function', { VpcConfig: Match.absent(), Timeout: 29 });
    const cognito = expected.map((action) => `cognito-idp:${action}`);
    expect(actionsOf(template, /Administration/)).toEqual([...EVERYONES, ...cognito].sort());
  },
);

test('no role shows the links of records to members, unless that is declared, and then until the last day', () => {
  const readers = (options: MembersOptions) =>
    Object.values(made(options).template.findResources('AWS::IAM::Policy'))
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
      .filter(({ Action }) => Action === 'dynamodb:Query');
  expect(readers({})).toEqual([]);
  expect(readers({ perMember: { reason: 'agreed', approver: 'Ada', until: '2027-01-31' } })).toMatchObject([
    { Condition: { DateLessThan: { 'aws:CurrentTime': '2027-02-01T00:00:00Z' } } },
  ]);
});

test('records are linked to members in a table of its own, without a backup that would outlive an erasure', () => {
  const { template } = made({ recordLinks: Duration.days(7) });
  template.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
    TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    GlobalSecondaryIndexes: [
      {
        IndexName: 'by-hour',
        KeySchema: [
          { AttributeName: 'hour', KeyType: 'HASH' },
          { AttributeName: 'at', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['expiresAt'] },
      },
    ],
    Replicas: [
      Match.objectLike({
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false },
        Tags: Match.arrayWith([{ Key: 'residency:retention', Value: '7d' }]),
      }),
    ],
  });
});

test.each([Duration.hours(36), Duration.days(0)])('links are stored for whole days, at least one', (recordLinks) => {
  expect(() => made({ recordLinks })).toThrow("'recordLinks' must be a whole number of days, at least one");
});

test('the administration of members can use one pool and no key', () => {
  const { template } = made({ poolIsShared: false });
  const statements = Object.values(template.findResources('AWS::IAM::Policy')).flatMap(
    ({ Properties }) => Properties.PolicyDocument.Statement,
  );
  const [pool] = Object.keys(template.findResources('AWS::Cognito::UserPool'));
  const ofCognito = statements.filter(({ Action }) => `${Action}`.includes('cognito-idp'));
  expect(ofCognito.map(({ Resource }) => Resource)).toEqual([{ 'Fn::GetAtt': [pool, 'Arn'] }]);
  expect(statements.flatMap(({ Action }) => Action).filter((action: string) => /^(kms|s3):/.test(action))).toEqual([]);
});

/** The actions by which a row can be created, changed or deleted. */
const EVERY_WRITE = [
  'dynamodb:BatchWriteItem',
  'dynamodb:DeleteItem',
  'dynamodb:PartiQLDelete',
  'dynamodb:PartiQLInsert',
  'dynamodb:PartiQLUpdate',
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
];

test('only the refresh can write a key, which could verify tokens for any user', () => {
  made().template.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
    Replicas: [
      Match.objectLike({
        ResourcePolicy: {
          PolicyDocument: {
            Statement: [
              Match.objectLike({
                Effect: 'Deny',
                Principal: { AWS: '*' },
                Action: EVERY_WRITE,
                Condition: { ArnNotEquals: { 'aws:PrincipalArn': { 'Fn::GetAtt': [Match.anyValue(), 'Arn'] } } },
              }),
            ],
          },
        },
      }),
    ],
  });
});

test.each<[string, MembersOptions, string]>([
  [
    'a provider without groups',
    { provider: SAML },
    "'groups' must name the groups of the identity provider that have a role",
  ],
  ['a group with a comma', { provider: SAML, groups: { member: ['a,chat-admins'] } }, "got 'a,chat-admins'"],
  ['an empty group', { provider: SAML, groups: { member: [''] } }, "got ''; name at least one group"],
  [
    'groups without a provider',
    { groups: GROUPS },
    'the pool has no provider; leave them out, and add users to the pool',
  ],
])('%s is refused', (_, options, message) => {
  expect(() => made(options)).toThrow(message);
});

test.each(REFUSED_REGIONS)('a pool in %s is refused', (_, region, shown) => {
  expect(() => new MemberPool(stackIn(region), 'Pool', { boundary: EU })).toThrow(
    `must be deployed inside the EU because it identifies the members, got ${shown}`,
  );
});
