import { ResidencyBoundary } from '@/lib/boundary/boundary';
import { checkTemplate } from '@/lib/guard/check/check-template';
import { userGroups } from '@/lib/guard/rules/user-groups';
import { testRule } from './rule-tester';

const SAFE = {
  UserPoolId: { Ref: 'Pool' },
  WriteAttributes: ['custom:groups'],
  AllowedOAuthFlows: ['code'],
  AllowedOAuthScopes: ['openid'],
  ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
};
const ADMIN = 'aws.cognito.signin.user.admin';
const { ExplicitAuthFlows: _, ...withoutFlows } = SAFE;

testRule(userGroups, {
  template: {
    Parameters: { Open: { Type: 'String' } },
    Resources: {
      Pool: { Type: 'AWS::Cognito::UserPool' },
      Provider: {
        Type: 'AWS::Cognito::UserPoolIdentityProvider',
        Properties: {
          UserPoolId: { 'Fn::GetAtt': ['Pool', 'UserPoolId'] },
          AttributeMapping: { 'custom:groups': 'groups', 'custom:Role': 'title' },
        },
      },
    },
    Conditions: { Chosen: { 'Fn::Equals': [{ Ref: 'Open' }, 'a'] } },
  },
  compliant: {
    'a code, for the one scope': SAFE,
    'other scopes': { ...SAFE, AllowedOAuthScopes: ['openid', 'email', 'profile', 'api/read'] },
    'the scope, where users write no groups': { ...SAFE, WriteAttributes: ['locale'], AllowedOAuthScopes: [ADMIN] },
    'the scope, where nothing but standard attributes is written': { AllowedOAuthScopes: [ADMIN] },
  },
  violating: {
    'the scope': { properties: { ...SAFE, AllowedOAuthScopes: ['openid', ADMIN] }, found: [ADMIN] },
    'the scope, in one case': {
      properties: { ...SAFE, AllowedOAuthScopes: [{ 'Fn::If': ['Chosen', ADMIN, 'openid'] }] },
      found: [ADMIN],
    },
    'roles in place of groups': {
      properties: { ...SAFE, WriteAttributes: ['custom:Role'], AllowedOAuthScopes: [ADMIN] },
      found: [ADMIN],
    },
    'tokens without a code': { properties: { ...SAFE, AllowedOAuthFlows: ['code', 'implicit'] }, found: ['implicit'] },
    'passwords by the API': {
      properties: { ...SAFE, ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] },
      found: ['ALLOW_USER_PASSWORD_AUTH'],
    },
    'the default of sign-in flows': { properties: withoutFlows, found: ['/Properties'] },
    'attributes that only the deployment decides': {
      properties: { ...SAFE, WriteAttributes: { Ref: 'Open' }, AllowedOAuthScopes: [ADMIN] },
      found: [ADMIN],
      level: 'unresolved',
    },
    'groups of a pool that is not in the template': {
      properties: { ...SAFE, UserPoolId: 'eu-central-1_a', AllowedOAuthScopes: [ADMIN] },
      found: [ADMIN],
      level: 'unresolved',
    },
    'groups of a pool that a custom resource returns': {
      properties: { ...SAFE, UserPoolId: { 'Fn::GetAtt': ['Custom', 'PoolId'] }, AllowedOAuthScopes: [ADMIN] },
      found: [ADMIN],
      level: 'unresolved',
    },
    'a scope that is no text': {
      properties: { ...SAFE, AllowedOAuthScopes: [{ a: 'b' }] },
      found: ['/Properties/AllowedOAuthScopes/0'],
      level: 'unresolved',
    },
    'a scope that only the deployment decides': {
      properties: { ...SAFE, AllowedOAuthScopes: [{ Ref: 'Open' }] },
      found: ['/Properties/AllowedOAuthScopes/0'],
      level: 'unresolved',
    },
  },
});

test.each([
  ['block', { 'custom:team': 'groups' }],
  ['none', { 'custom:team': 'department' }],
])('a pool of another stack has its providers there: %s', (expected, AttributeMapping) => {
  const UserPoolId = { Ref: 'Pool' };
  const home = {
    Pool: { Type: 'AWS::Cognito::UserPool' },
    Provider: { Type: 'AWS::Cognito::UserPoolIdentityProvider', Properties: { UserPoolId, AttributeMapping } },
  };
  const Properties = {
    ...SAFE,
    UserPoolId: { 'Fn::ImportValue': 'pool' },
    WriteAttributes: ['custom:team', 'custom:role'],
    AllowedOAuthScopes: [ADMIN],
  };
  const { findings } = checkTemplate(
    { Resources: { Pool: { Type: 'AWS::SQS::Queue' }, Client: { Type: 'AWS::Cognito::UserPoolClient', Properties } } },
    {
      boundary: ResidencyBoundary.eu(),
      stack: 'test',
      deployRegion: 'eu-central-1',
      exports: new Map([['pool', { stack: 'home', value: UserPoolId, scope: { template: { Resources: home } } }]]),
    },
  );
  const levels = findings.filter(({ rule }) => rule === userGroups.id).map(({ level }) => level);
  expect(levels).toEqual(expected === 'none' ? [] : [expected]);
});
