import { userGroups } from '@/lib/guard/rules/user-groups';
import { testRule } from './rule-tester';

const SAFE = {
  UserPoolId: 'eu-central-1_a',
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
    'a scope that only the deployment decides': {
      properties: { ...SAFE, AllowedOAuthScopes: [{ Ref: 'Open' }] },
      found: ['/Properties/AllowedOAuthScopes/0'],
      level: 'unresolved',
    },
  },
});
